package fr.tambour.notice.studio;

import fr.tambour.ui.Refusal;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** The fields of a form by name, as a browser sends them and as a template shows them. What is absent is empty. */
public record FormFields(MultiValueMap<String, String> values) {

    static FormFields empty() {
        return new FormFields(new LinkedMultiValueMap<>());
    }

    /** The field's text, empty where there is none. */
    public String get(String name) {
        String value = values.getFirst(name);
        return value == null ? "" : value;
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Whether a box of this name and value is ticked. */
    public boolean has(String name, Object value) {
        return all(name).contains(value.toString());
    }

    public boolean has(String name) {
        return !get(name).isEmpty();
    }

    void put(String name, Object value) {
        values.set(name, value.toString());
    }

    void add(String name, Object value) {
        values.add(name, value.toString());
    }

    /** The fields of one part of the form, the part itself included: {@code event.start} has {@code event.start.date}. */
    Map<String, List<String>> part(String prefix) {
        LinkedMultiValueMap<String, String> part = new LinkedMultiValueMap<>();
        values.forEach((name, all) -> {
            if (name.equals(prefix) || name.startsWith(prefix + ".")) {
                part.put(name, all);
            }
        });
        return part;
    }

    /**
     * A field's text as a value.
     *
     * @throws Refusal 422 {@code notice.date-unreadable} for a date that does not exist, {@code notice.form-unreadable} for
     *     what no form sends
     */
    static <T> T parsed(String text, Function<String, T> parser) {
        try {
            return parser.apply(text.strip());
        } catch (DateTimeException e) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.date-unreadable", shortened(text));
        } catch (IllegalArgumentException e) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.form-unreadable", shortened(text));
        }
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
