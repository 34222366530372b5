package fr.tambour.website.site;

import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices.Cursor;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.ui.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The next page of a list, as it stands in an address: {@code ?avant=1764000000000-0k2m4…}, milliseconds and notice. */
final class Paging {

    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,15})-([0-9a-z]{13})");

    private Paging() {}

    static @Nullable Cursor cursor(@Nullable String before) {
        if (before == null) {
            return null;
        }
        Matcher parts = CURSOR.matcher(before);
        if (!parts.matches()) {
            throw unknown();
        }
        NoticeId id = NoticeId.ofRef(parts.group(2)).orElseThrow(Paging::unknown);
        return new Cursor(Instant.ofEpochMilli(Long.parseLong(parts.group(1))), id);
    }

    private static Refusal unknown() {
        return new Refusal(HttpStatus.NOT_FOUND, "not-found");
    }

    /**
     * The address of the page after this one, or null on the last.
     *
     * @param found one more than the page shows, where there is more
     */
    static @Nullable String older(String path, List<PublishedNotice> found, int size) {
        if (found.size() <= size) {
            return null;
        }
        PublishedNotice last = found.get(size - 1);
        return path + "?avant=" + last.firstPublishedAt().toEpochMilli() + "-"
                + last.id().ref();
    }
}
