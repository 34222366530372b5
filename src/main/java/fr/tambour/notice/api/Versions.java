package fr.tambour.notice.api;

import fr.tambour.ui.Refusal;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Which version a change started from: `If-Match` (RFC 9110 §13.1.1), or a field of the request. */
final class Versions {

    private Versions() {}

    static String tag(long version) {
        return "\"" + version + "\"";
    }

    /**
     * @param current version of the draft; asked only where `If-Match` needs it
     * @throws ApiRefusal 412 where `If-Match` names another version, 428 where nothing names one
     */
    static long asked(@Nullable String ifMatch, @Nullable Long version, LongSupplier current) {
        if (ifMatch == null) {
            if (version == null) {
                throw new ApiRefusal(HttpStatus.PRECONDITION_REQUIRED, "api.version-missing");
            }
            return version;
        }
        long now = current.getAsLong();
        // Strong comparison: a weak tag never matches.
        boolean matches = Arrays.stream(ifMatch.split(",", -1))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(tag(now)));
        if (!matches || (version != null && version != now)) {
            throw new ApiRefusal(HttpStatus.PRECONDITION_FAILED, "notice.conflict");
        }
        return now;
    }

    /** A conflict is a failed precondition for whoever set one: somebody was faster in between. */
    static Refusal refused(Refusal refusal, @Nullable String ifMatch) {
        return ifMatch != null && refusal.code().equals("notice.conflict")
                ? new ApiRefusal(HttpStatus.PRECONDITION_FAILED, "notice.conflict")
                : refusal;
    }
}
