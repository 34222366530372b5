package fr.tambour.town.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What somebody is looking for, as far as their query tells. */
sealed interface Sought {

    /** A postal code, INSEE code or SIREN, or its beginning: two to nine characters, letters in upper case. */
    record Code(String text) implements Sought {}

    /** A name that may be read in one or several ways. */
    record Name(List<Wording> wordings) implements Sought {}

    record Nothing() implements Sought {}

    /**
     * One way to read a query as a name.
     *
     * @param full its words, parted by spaces
     * @param plain the same without articles, the last word excepted
     * @param runTogether the same as {@code full} without spaces
     * @param words those of {@code plain}
     * @param codes what the postal, INSEE or department code must begin with, all of them
     */
    record Wording(
            String full, String plain, String runTogether, List<String> words, boolean epciOnly, List<String> codes) {

        static Wording of(List<String> words, boolean epciOnly, List<String> codes) {
            var plain = withoutArticles(words);
            return new Wording(
                    String.join(" ", words),
                    String.join(" ", plain),
                    String.join("", words),
                    plain,
                    epciOnly,
                    List.copyOf(codes));
        }

        /** The last word stays, whatever it is: « Villeneuve d » is on its way to Villeneuve-d'Ascq. */
        private static List<String> withoutArticles(List<String> words) {
            if (words.size() == 1) {
                return words;
            }
            var plain = new ArrayList<>(Folding.withoutArticles(words));
            if (!plain.getLast().equals(words.getLast())) {
                plain.add(words.getLast());
            }
            return List.copyOf(plain);
        }

        boolean hasArticles() {
            return full.length() != plain.length();
        }
    }

    Pattern CODE = Pattern.compile("[0-9]{2,9}|2[ab][0-9]{0,3}");
    Pattern DIGITS = Pattern.compile("[0-9 ]+");
    Pattern NATURE = Pattern.compile("^(cc|ca|cu|comcom|communaute (?:de communes|d agglomeration|urbaine)) (?=.)");

    static Sought in(String query) {
        var text = String.join(" ", Folding.words(query));
        var runTogether = DIGITS.matcher(text).matches() ? text.replace(" ", "") : text;
        if (CODE.matcher(runTogether).matches()) {
            return new Code(runTogether.toUpperCase(Locale.ROOT));
        }
        return text.isEmpty() ? new Nothing() : new Name(wordings(text));
    }

    private static List<Wording> wordings(String text) {
        var withoutNature = NATURE.matcher(text).replaceFirst("");
        boolean epciOnly = withoutNature.length() != text.length();
        var words = List.of(withoutNature.split(" "));
        var wordings = new ArrayList<Wording>();
        wordings.add(Wording.of(Folding.spelledOut(words), epciOnly, List.of()));

        // "st" may be Saint, and it may be Strasbourg on its way.
        if (Folding.ABBREVIATIONS.containsKey(words.getLast())) {
            var literal = new ArrayList<>(Folding.spelledOut(words));
            literal.set(literal.size() - 1, words.getLast());
            wordings.add(Wording.of(literal, epciOnly, List.of()));
        }

        // "13" may belong to the name (Marseille 13e), and it may be the department.
        var codes = words.stream().filter(word -> CODE.matcher(word).matches()).toList();
        var others = words.stream().filter(word -> !codes.contains(word)).toList();
        if (!codes.isEmpty() && !others.isEmpty()) {
            var inCapitals =
                    codes.stream().map(code -> code.toUpperCase(Locale.ROOT)).toList();
            wordings.add(Wording.of(Folding.spelledOut(others), epciOnly, inCapitals));
        }
        return wordings;
    }
}
