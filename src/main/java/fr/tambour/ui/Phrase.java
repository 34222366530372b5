package fr.tambour.ui;

import org.jspecify.annotations.Nullable;

/**
 * Words that may not be in the language of the page around them (WCAG 3.1.2).
 *
 * @param lang BCP 47 tag where it is another one, for {@code lang}, else null
 */
public record Phrase(String text, @Nullable String lang) {

    /** In the page's own language. */
    public static Phrase own(String text) {
        return new Phrase(text, null);
    }

    public boolean isBlank() {
        return text.isBlank();
    }
}
