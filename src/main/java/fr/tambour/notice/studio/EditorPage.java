package fr.tambour.notice.studio;

import fr.tambour.notice.Content;
import fr.tambour.ui.Icon;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The writing table.
 *
 * @param state its word and that word's look
 * @param correction what is written here changes something public
 * @param reason why, for the public
 * @param fixedKind a published notice keeps its kind, and so does an exercise
 * @param exercise whether it only practises an alert
 * @param asked what the approver asked for last, if anything
 * @param problem why the last step was refused, if it was
 */
public record EditorPage(
        String ref,
        String title,
        String state,
        String look,
        boolean correction,
        String reason,
        String note,
        boolean fixedKind,
        boolean exercise,
        String zone,
        List<KindChoice> kinds,
        List<Language> languages,
        List<Option> districts,
        List<Option> themes,
        FormFields form,
        Aside aside,
        List<PictureRow> pictures,
        boolean mayDiscard,
        @Nullable Asked asked,
        @Nullable String problem) {

    /** What is wanting in the field with this id, to be said beside it once the notice was refused; null where nothing is. */
    public @Nullable String lacking(String id) {
        return problem == null
                ? null
                : aside.blocking().stream()
                        .filter(line -> line.href().equals("#" + id))
                        .map(Aside.Line::text)
                        .findFirst()
                        .orElse(null);
    }

    public record KindChoice(String value, String label, Icon icon, boolean chosen) {}

    /** @param first the mandatory one */
    public record Language(String tag, String name, boolean first) {}

    public record Option(String value, String label, boolean chosen) {}

    public record Asked(String who, String when, String comment) {}

    /** The ninths of a picture, row by row. */
    public static final List<FocusChoice> FOCUSES = Arrays.stream(Content.Focus.values())
            .map(focus -> new FocusChoice(focus.name(), Labels.name(focus), focus == Content.Focus.CENTRE))
            .toList();

    /** @param name in the messages */
    public record FocusChoice(String value, String name, boolean isCentre) {}

    /** @param src of a small rendition, for staff */
    public record PictureRow(String hash, String src) {}
}
