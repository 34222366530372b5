package fr.tambour.notice;

import com.github.f4b6a3.tsid.Tsid;
import java.util.Locale;
import java.util.Optional;

/**
 * Names one notice.
 *
 * @param value 64-bit, time-ordered, unique over all towns
 */
public record NoticeId(long value) {

    /** The form in addresses: 13 characters of lower-case Crockford base 32. */
    public String ref() {
        return Tsid.from(value).toString().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #ref()} and nothing else: Crockford's other ways to write one would give a page many addresses. */
    public static Optional<NoticeId> ofRef(String ref) {
        return Tsid.isValid(ref)
                ? Optional.of(new NoticeId(Tsid.from(ref).toLong()))
                        .filter(id -> id.ref().equals(ref))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
