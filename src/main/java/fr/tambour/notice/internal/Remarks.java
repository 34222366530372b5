package fr.tambour.notice.internal;

import fr.tambour.text.Clean;
import fr.tambour.ui.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What people say with a step: cleaned, and bounded in graphemes. */
final class Remarks {

    private static final int REASON_MOST = 1_000;

    private static final int NOTE_MOST = 4_000;

    private Remarks() {}

    /** May be empty. */
    static String comment(@Nullable String text) {
        return Clean.block(text, REASON_MOST);
    }

    /** @throws Refusal 422 {@code notice.reason-missing} where nothing is said */
    static String reason(@Nullable String text) {
        String clean = comment(text);
        if (clean.isBlank()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.reason-missing");
        }
        return clean;
    }

    /** For colleagues; may be empty. */
    static String note(String text) {
        return Clean.block(text, NOTE_MOST);
    }
}
