package fr.tambour.notice.api;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;

/**
 * Where in a request's JSON something is.
 *
 * @param field as people write it: {@code content.pictures[0].hash}; empty: the whole
 * @param pointer as programs do: a JSON Pointer in a URI fragment (RFC 6901 §6), {@code #/content/pictures/0/hash}
 */
record Place(String field, String pointer) {

    /** A name may be as long as the sender likes. */
    private static final int MOST = 200;

    /** @param field names that we gave, without dots of their own */
    static Place of(String field) {
        List<String> steps = field.isEmpty()
                ? List.of()
                : Arrays.asList(field.replace("]", "").replace('[', '.').split("\\.", -1));
        return new Place(field, pointer(steps));
    }

    /** Where Jackson stumbled; names are the sender's. */
    static Place of(JacksonException stumble) {
        StringBuilder field = new StringBuilder();
        for (JacksonException.Reference step : stumble.getPath()) {
            if (step.getPropertyName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        List<String> steps = stumble.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? Integer.toString(step.getIndex()) : step.getPropertyName())
                .toList();
        return new Place(shortened(field.toString()), pointer(steps));
    }

    private static String pointer(List<String> steps) {
        return "#"
                + steps.stream()
                        .map(step ->
                                "/" + encoded(shortened(step).replace("~", "~0").replace("/", "~1")))
                        .collect(Collectors.joining());
    }

    private static String encoded(String step) {
        return UriUtils.encodeFragment(step, "UTF-8");
    }

    private static String shortened(String text) {
        return text.length() > MOST ? text.substring(0, MOST) + "…" : text;
    }
}
