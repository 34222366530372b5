package fr.tambour.town.internal;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings names of places and what people type to the same plain words: lower case ASCII letters and digits. */
final class Folding {

    static final Map<String, String> ABBREVIATIONS =
            Map.of("st", "saint", "ste", "sainte", "sts", "saints", "stes", "saintes");

    /** Articles, alone or contracted with « de », and what apostrophes leave of them. « Lès » (near) goes too. */
    private static final Set<String> ARTICLES = Set.of("l", "le", "la", "les", "d", "de", "du", "des");

    private Folding() {}

    /** The words of a text: {@code L'Haÿ-les-Roses} gives l, hay, les, roses. */
    static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            switch (c) {
                case 'œ', 'Œ' -> word.append("oe");
                case 'æ', 'Æ' -> word.append("ae");
                default -> {
                    if (c >= 'A' && c <= 'Z') {
                        word.append((char) (c - 'A' + 'a'));
                    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                        word.append(c);
                    } else if (Character.getType(c) != Character.NON_SPACING_MARK && !word.isEmpty()) {
                        words.add(word.toString());
                        word.setLength(0);
                    }
                }
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** « St » becomes « saint ». */
    static List<String> spelledOut(List<String> words) {
        return words.stream()
                .map(word -> ABBREVIATIONS.getOrDefault(word, word))
                .toList();
    }

    /** The words that are no articles; all of them if there is nothing else. */
    static List<String> withoutArticles(List<String> words) {
        var rest = words.stream().filter(word -> !ARTICLES.contains(word)).toList();
        return rest.isEmpty() ? words : rest;
    }
}
