package fr.tambour.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * French typography, after the « Lexique des règles typographiques en usage à l’Imprimerie nationale »: no-break space
 * (U+00A0) before : ; ! ? and inside guillemets, as in the words of Tambour itself, narrow no-break space (U+202F) between
 * thousands, typographic apostrophes. Applied when text is shown, never to what is stored; applying it twice changes nothing more.
 * Addresses, code and times written 9:30 are left as they are.
 */
public final class Typography {

    private static final char PLACEHOLDER = '\uFFFF';
    private static final String SPACE = "[ \u00A0\u202F]";
    /** What a word, a number or a closing mark may end with: punctuation glued to it gets its space. */
    private static final String ENDING = "(?<=[\\p{L}\\p{M}\\p{N})\\]»”%€" + PLACEHOLDER + "])";

    private static final Pattern UNTOUCHABLE = Pattern.compile(
            "(?:https?://|www\\.|mailto:|tel:)[^\\s\"«»<>]+" // addresses of pages
                    + "|[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}.-]{1,253}" // addresses of mail, or of the fediverse
                    + "|`[^`\\n]*`" // code
                    + "|\\b\\d{1,2}:\\d{2}(?::\\d{2})?\\b" // times
                    + "|::",
            Pattern.CASE_INSENSITIVE);

    /** One replacement; the order of the list matters, guillemets are made before their spaces. */
    private record Rule(Pattern pattern, String replacement) {
        static Rule of(String regex, String replacement) {
            return new Rule(Pattern.compile(regex), replacement);
        }

        String apply(String text) {
            return pattern.matcher(text).replaceAll(replacement);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of("(?<!\\.)\\.{3}(?!\\.)", "…"),
            Rule.of("(?<=\\p{L})'(?=[\\p{L}\\p{N}«“\"" + PLACEHOLDER + "])", "’"),
            // An elision at the end, where Markdown goes on in bold: « l’**eau** ».
            Rule.of("(?i)(?<=(?<!\\p{L})(?:[ldjmtsnc]|(?:jus|lors|puis|quoi)?qu))'$", "’"),
            Rule.of(
                    "(?<![\\p{L}\\p{N}\"])\"([^\\s\"](?:[^\"\\n]{0,500}[^\\s\"])?)\"(?![\\p{L}\\p{N}\"])",
                    "«\u00A0$1\u00A0»"),
            Rule.of("«(?:" + SPACE + "+|(?=\\S))", "«\u00A0"),
            Rule.of("(?:" + SPACE + "+|(?<=\\S))»", "\u00A0»"),
            Rule.of(SPACE + "+([;!?])", "\u00A0$1"),
            Rule.of(ENDING + "([;!?])(?=[\\s!?»”)\\]…]|$)", "\u00A0$1"),
            Rule.of(SPACE + "+:", "\u00A0:"),
            Rule.of(ENDING + ":(?=\\s|$)", "\u00A0:"),
            Rule.of("(?<=\\d)" + SPACE + "*([€%])", "\u00A0$1"),
            Rule.of("(?<=\\d)" + SPACE + "+(h|min|km|m|kg|°C|euros?)(?![\\p{L}\\p{N}])", "\u00A0$1"),
            Rule.of("(?<=\\d\u00A0h)" + SPACE + "+(?=\\d{2}(?!\\d))", "\u00A0"),
            Rule.of("(?<![\\p{L}\\p{N}])([nN]°)" + SPACE + "*(?=\\d)", "$1\u00A0"),
            Rule.of("(?<![\\p{L}\\p{N}])(MM?\\.|Mmes?|Mlles?|Dr|Me)" + SPACE + "+(?=\\p{Lu})", "$1\u00A0"));

    private static final Pattern THOUSANDS =
            Pattern.compile("(?<![\\d,.\u202F])\\d{1,3}(?:" + SPACE + "\\d{3})+(?!\\d|" + SPACE + "\\d)");
    private static final Pattern TELEPHONE = Pattern.compile("(?<![\\d,.])0\\d(?:" + SPACE + "\\d{2}){4}(?!\\d)");
    private static final Pattern SPACES = Pattern.compile(SPACE);

    private Typography() {}

    /** The typography of a language; languages without rules here come back unchanged. */
    public static String of(String text, Locale language) {
        return "fr".equals(language.getLanguage()) ? french(text) : text;
    }

    /** The rules above. A text that holds U+FFFF, which is no character, comes back as it is. */
    public static String french(String text) {
        if (text.isEmpty() || text.indexOf(PLACEHOLDER) >= 0) {
            return text;
        }
        List<String> untouched = new ArrayList<>();
        String result = UNTOUCHABLE.matcher(text).replaceAll(found -> {
            untouched.add(found.group());
            return String.valueOf(PLACEHOLDER);
        });
        for (Rule rule : RULES) {
            result = rule.apply(result);
        }
        result = joined(THOUSANDS, result, "\u202F");
        result = joined(TELEPHONE, result, "\u00A0");
        return untouched.isEmpty() ? result : restored(result, untouched);
    }

    private static String joined(Pattern pattern, String text, String space) {
        return pattern.matcher(text)
                .replaceAll((MatchResult found) -> SPACES.matcher(found.group()).replaceAll(space));
    }

    private static String restored(String text, List<String> untouched) {
        StringBuilder restored = new StringBuilder(text.length() + 64);
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == PLACEHOLDER) {
                restored.append(untouched.get(next++));
            } else {
                restored.append(c);
            }
        }
        return restored.toString();
    }
}
