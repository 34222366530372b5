package fr.tambour.notice;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A revision as one channel shows it in one language. Text and fields, never HTML; stored at submission and never
 * derived again.
 *
 * @param channel the channel's name
 * @param language BCP 47
 * @param fields what it shows; one with a dot in its name follows from another
 * @param edited whether a person changed it
 */
public record Rendition(String channel, String language, SortedMap<String, String> fields, boolean edited) {

    public Rendition {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /** The fields that somebody may write: those that follow from no other. */
    public SortedMap<String, String> written() {
        SortedMap<String, String> written = new TreeMap<>(fields);
        written.keySet().removeIf(field -> field.contains("."));
        return written;
    }

    /** The text of a field, or nothing. */
    public String text(String field) {
        return fields.getOrDefault(field, "");
    }
}
