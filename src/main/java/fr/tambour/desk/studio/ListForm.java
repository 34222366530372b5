package fr.tambour.desk.studio;

import fr.tambour.desk.internal.TownFormReader;
import fr.tambour.desk.studio.ListSettingsPage.Line;
import fr.tambour.text.Clean;
import fr.tambour.town.ListEntry;
import fr.tambour.ui.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;

/**
 * Reads a list from its form: line N of list L has the fields {@code L.N.id}, {@code L.N.place}, {@code L.N.name.fr} …
 * and {@code L.N.remove}.
 */
final class ListForm {

    private ListForm() {}

    /** The lines as sent, without those that are blank or to be removed, in the order of their places. */
    static List<Line> lines(String list, List<String> languages, MultiValueMap<String, String> form) {
        List<Line> lines = new ArrayList<>();
        for (int n = 0; n < 2 * TownFormReader.MOST_NAMES; n++) {
            String prefix = list + "." + n + ".";
            String id = value(form, prefix + "id");
            Map<String, String> names = new LinkedHashMap<>();
            for (String language : languages) {
                String name = Clean.line(value(form, prefix + "name." + language), TownFormReader.LONGEST_NAME);
                if (!name.isEmpty()) {
                    names.put(language, name);
                }
            }
            boolean blank = id.isEmpty() && names.isEmpty();
            if (!blank && !form.containsKey(prefix + "remove")) {
                lines.add(new Line(id, place(value(form, prefix + "place")), names));
            }
        }
        lines.sort(Comparator.comparingInt(Line::place));
        return lines;
    }

    /** @throws Refusal 422 if there are too many, or an id is none */
    static List<ListEntry> entries(List<Line> lines) {
        if (lines.size() > TownFormReader.MOST_NAMES) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "desk.list-long", TownFormReader.MOST_NAMES);
        }
        return lines.stream().map(ListForm::entry).toList();
    }

    private static ListEntry entry(Line line) {
        if (line.id().isEmpty()) {
            return new ListEntry(null, line.names());
        }
        try {
            return new ListEntry(Long.parseLong(line.id()), line.names());
        } catch (NumberFormatException e) {
            throw new Refusal(HttpStatus.NOT_FOUND, "town.list-entry-unknown");
        }
    }

    private static String value(MultiValueMap<String, String> form, String field) {
        String value = form.getFirst(field);
        return value == null ? "" : value;
    }

    /** What is no number goes to the end. */
    private static int place(String typed) {
        return typed.matches("[0-9]{1,3}") ? Integer.parseInt(typed) : Integer.MAX_VALUE;
    }
}
