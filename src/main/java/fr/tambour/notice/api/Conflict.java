package fr.tambour.notice.api;

import fr.tambour.notice.api.NoticeView.PersonView;
import fr.tambour.ui.Words;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Somebody was faster: {@code notice.conflict}, which tells a program who, when, and what to start from now. */
class Conflict extends ApiRefusal {

    private final transient Newer newer;

    /**
     * What is there now.
     *
     * @param by absent where the clock did it
     * @param version of the working draft, where there still is one
     */
    record Newer(
            @Nullable PersonView by,
            OffsetDateTime at,
            @Nullable Long version,
            int revision) {}

    Conflict(HttpStatus status, Newer newer) {
        super(status, "notice.conflict");
        this.newer = newer;
    }

    /** {@code changedBy}, {@code changedAt}, {@code version}, {@code revision}, and a sentence that says the same. */
    @Override
    public Map<String, Object> members(Words words) {
        Map<String, Object> members = new LinkedHashMap<>();
        PersonView by = newer.by();
        if (by != null) {
            members.put("changedBy", Map.of("id", by.id(), "name", by.name()));
            members.put(
                    "detail",
                    words.get(
                            "api.conflict",
                            by.name(),
                            words.fullDay(newer.at().toLocalDate()),
                            words.time(newer.at().toLocalTime())));
        }
        members.put("changedAt", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(newer.at()));
        if (newer.version() != null) {
            members.put("version", newer.version());
        }
        members.put("revision", newer.revision());
        return members;
    }
}
