package fr.tambour.notice.api;

import fr.tambour.ui.Refusal;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Which version a change started from: `If-Match` (RFC 9110 §13.1.1), or a field of the request. */
final class Versions {

    private Versions() {}

    static String tag(long version) {
        return "\"" + version + "\"";
    }

    /**
     * @param current version of the draft; asked only where `If-Match` needs it
     * @throws Refusal {@code notice.conflict} where `If-Match` names another version, 428 where nothing names one
     */
    static long asked(@Nullable String ifMatch, @Nullable Long version, LongSupplier current) {
        if (ifMatch == null) {
            if (version == null) {
                throw new ApiRefusal(HttpStatus.PRECONDITION_REQUIRED, "api.version-missing");
            }
            return version;
        }
        long now = current.getAsLong();
        require(ifMatch, now);
        if (version != null && version != now) {
            throw refused();
        }
        return now;
    }

    /** @throws Refusal {@code notice.conflict} where `If-Match` names another version than {@code now} */
    static void require(String ifMatch, long now) {
        // Strong comparison: a weak tag never matches.
        if (Arrays.stream(ifMatch.split(",", -1))
                .map(String::strip)
                .noneMatch(tag -> tag.equals("*") || tag.equals(tag(now)))) {
            throw refused();
        }
    }

    private static Refusal refused() {
        return new Refusal(HttpStatus.PRECONDITION_FAILED, "notice.conflict");
    }

    /** Where a notice stands, with the tag of its draft to go on from. */
    static ResponseEntity<NoticeStanding> tagged(NoticeStanding standing) {
        ResponseEntity.BodyBuilder response = ResponseEntity.ok();
        if (standing.version() != null) {
            response.eTag(tag(standing.version()));
        }
        return response.body(standing);
    }
}
