package fr.tambour.notice.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that was written in calm and is released in haste: only its marked words change. In the bundles a marked word is
 * {@code [area|près des cours d’eau]}: its name, and what it says unless somebody changes it.
 */
record PreparedText(List<Part> parts) {

    private static final Pattern MARKED = Pattern.compile("\\[([a-z]+)\\|([^\\]]*)]");

    /**
     * A run of the text.
     *
     * @param name of the marked word, empty where the text is fixed
     */
    public record Part(String name, String text) {

        public boolean marked() {
            return !name.isEmpty();
        }
    }

    static PreparedText of(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher marked = MARKED.matcher(text);
        int read = 0;
        while (marked.find()) {
            fixed(parts, text.substring(read, marked.start()));
            parts.add(new Part(marked.group(1), marked.group(2)));
            read = marked.end();
        }
        fixed(parts, text.substring(read));
        return new PreparedText(parts);
    }

    private static void fixed(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Part("", text));
        }
    }

    /** With the words that were posted; an emptied one stays empty. */
    PreparedText with(UnaryOperator<String> posted) {
        return new PreparedText(parts.stream()
                .map(part -> part.marked() ? new Part(part.name(), posted.apply(part.name())) : part)
                .toList());
    }

    Optional<String> word(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .map(Part::text)
                .findFirst();
    }

    boolean hasEmpty() {
        return parts.stream().anyMatch(part -> part.marked() && part.text().isBlank());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(
                part.text().strip().isEmpty()
                        ? part.text()
                        : part.marked() ? part.text().strip() : part.text()));
        return text.toString().strip();
    }
}
