package fr.tambour.notice;

import fr.tambour.ui.Words;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How an exercise says that it is one, in one language: whatever is shown or told of it begins with the word, and says that
 * nothing is to be done. Marking what is marked already changes nothing; what only begins in a similar way is not marked.
 *
 * @param said of the language in which it is told
 */
public record ExerciseMark(Words said) {

    private static final String TITLE = "notice.exercise.title";

    /** Where in a sentence of ours another text stands: a sign that no text has. */
    private static final String GAP = "\u0000";

    /** Whether this language has a mark of its own; others would get the one of another language. */
    public boolean spoken() {
        return said.get("notice.exercise.language").equals(said.locale().getLanguage());
    }

    /** A rendition's fields, marked: its title, and the text that stands below it. */
    public SortedMap<String, String> fields(Map<String, String> fields) {
        SortedMap<String, String> marked = new TreeMap<>(fields);
        marked.computeIfPresent("title", (field, title) -> title(title));
        marked.computeIfPresent("summary", (field, text) -> text(text));
        marked.computeIfPresent("text", (field, text) -> text(text));
        return marked;
    }

    /** « EXERCICE » */
    public String word() {
        return said.get("notice.exercise.word");
    }

    /** « Ceci est un exercice. Il n’y a rien à faire. » */
    public String sentence() {
        return said.get("notice.exercise.text");
    }

    /** « EXERCICE – L’eau monte » */
    public String title(String title) {
        return title.startsWith(lead()) ? title : said.get(TITLE, title);
    }

    /** The title as a real alert would have it, to be put into another sentence and marked again. */
    public String bare(String title) {
        return title.startsWith(lead()) ? title.substring(lead().length()) : title;
    }

    private String lead() {
        return said.get(TITLE, "");
    }

    /** « Ceci est un exercice. Il n’y a rien à faire. Une vraie alerte dirait : « … » » */
    public String text(String text) {
        String[] around = told(GAP).split(GAP, 2);
        boolean marked = text.equals(sentence()) || text.startsWith(around[0]) && text.endsWith(around[1]);
        return marked ? text : text.isBlank() ? sentence() : told(text.strip());
    }

    private String told(String text) {
        return said.get("notice.exercise.told", sentence(), text);
    }
}
