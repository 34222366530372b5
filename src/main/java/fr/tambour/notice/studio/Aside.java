package fr.tambour.notice.studio;

import java.util.List;
import java.util.Map;

/**
 * What stands beside the writing table and is renewed at each save.
 *
 * @param ref the notice
 * @param version to save from next time
 * @param saved « Enregistré à 10 h 42 »
 * @param blocking what is missing before it can be approved
 * @param advised what may be done better
 * @param channels all there are
 * @param seen each chosen channel's rendition in each complete language
 * @param end when the notice will disappear, in words
 * @param correctable fields whose value was settled here otherwise than typed (a date without a time), by name
 */
public record Aside(
        String ref,
        long version,
        String saved,
        List<Line> blocking,
        List<Line> advised,
        List<Channel> channels,
        List<Seen> seen,
        String end,
        Map<String, String> correctable) {

    /**
     * One finding.
     *
     * @param href leads to the field
     * @param question what to ask about a change of clocks, else no choices
     */
    public record Line(String text, String href, Question question) {}

    /** @param name of the field that takes the answer */
    public record Question(String name, List<Choice> choices) {

        static final Question NONE = new Question("", List.of());
    }

    public record Choice(String value, String label) {}

    /** @param always it cannot be unticked */
    public record Channel(String name, String label, boolean chosen, boolean always) {}

    /**
     * A rendition as it will look.
     *
     * @param title « Sur le site », with the language where there are several
     * @param place {@code CHANNEL.LANG}
     * @param edited a person has changed its text
     * @param messages what goes out of it as text, one after the other, as it will stand; none: it is shown by its heading and text
     */
    public record Seen(
            String channel,
            String language,
            String title,
            String place,
            boolean edited,
            String heading,
            String text,
            String when,
            List<String> messages,
            List<Field> fields,
            List<Chosen> choices) {}

    /**
     * A text of a rendition that may be written by hand.
     *
     * @param derived what the notice itself would give
     */
    public record Field(String name, String label, String text, String derived) {}

    /**
     * What is chosen of a rendition, rather than written.
     *
     * @param place {@code CHANNEL.LANG.FIELD}
     * @param value the one that is chosen
     * @param choices the usual one first
     */
    public record Chosen(String place, String label, String value, List<Choice> choices) {}
}
