package fr.tambour.notice;

import java.util.List;
import java.util.Map;

/** How a channel would show a notice. Each channel brings one. */
public interface RenditionDeriver {

    /** The channel's name, as in {@link Content#channels()} and in the message key {@code channel.NAME}. */
    String channel();

    /** Place in lists of channels; lower comes first. */
    int order();

    /** Whether a notice of this kind goes out over it unless somebody unticks it. */
    boolean byDefault(Kind kind);

    /** Whether it cannot be unticked: the site shows every notice. */
    boolean always();

    /** Whether an exercise goes out over it: not where whoever follows the town would come upon it. */
    boolean exercises();

    /** The names of the fields that it shows and that may be edited, in order (message key {@code channel.field.NAME}). */
    List<String> fields();

    /**
     * Those of the {@link #fields} that are chosen rather than written: name → values, the usual one first (message keys
     * {@code channel.choice.NAME} and {@code channel.choice.NAME.VALUE}).
     */
    default Map<String, List<String>> choices() {
        return Map.of();
    }

    /** What goes out of it as text, message by message, as it will stand; none: it is shown by its title and summary. */
    default List<String> messages(Rendition rendition) {
        return List.of();
    }

    /** What it would show in {@code language}: field → plain text (or Markdown for {@code body}), never HTML. */
    Map<String, String> derive(DraftView draft, String language);
}
