package fr.tambour.ui;

import java.util.List;

/**
 * What a module does with personal data, said on the privacy page.
 *
 * @param heading « Vos notifications »
 * @param text paragraphs in the scope's language: what is kept, why, how long, who sees it, how to have it erased
 */
public record PrivacyParagraph(int order, String heading, List<String> text) {

    public interface Provider {
        List<PrivacyParagraph> paragraphs(Scope scope);
    }
}
