package fr.tambour.text;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes « Fête de l’Œuvre » and « fete de l'oeuvre » the same for a simple search or a sort. */
public final class Folding {

    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0\\u202F]+");

    private Folding() {}

    /** Lower case, without accents, ligatures opened, typographic apostrophes and spaces made plain; idempotent. */
    public static String of(String text) {
        String bare = MARKS.matcher(
                        Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT))
                .replaceAll("");
        StringBuilder folded = new StringBuilder(bare.length() + 8);
        bare.codePoints().forEach(c -> {
            switch (c) {
                case 'œ' -> folded.append("oe");
                case 'æ' -> folded.append("ae");
                case 'ß' -> folded.append("ss");
                case 'ø' -> folded.append('o');
                case 'đ', 'ð' -> folded.append('d');
                case 'ł' -> folded.append('l');
                case 'þ' -> folded.append("th");
                case 'ı' -> folded.append('i');
                case '’', '‘', 'ʼ' -> folded.append('\'');
                default -> folded.appendCodePoint(c);
            }
        });
        return SPACES.matcher(folded).replaceAll(" ").strip();
    }

    /** Runs of letters and digits, folded, in their order. */
    public static List<String> words(String text) {
        return NO_WORD.splitAsStream(of(text)).filter(word -> !word.isEmpty()).toList();
    }
}
