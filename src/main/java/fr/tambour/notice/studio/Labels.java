package fr.tambour.notice.studio;

import fr.tambour.notice.Action;
import fr.tambour.notice.Content;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Lifecycle.Standing;
import fr.tambour.notice.PublicState;
import fr.tambour.ui.Icon;
import fr.tambour.ui.Words;
import java.util.Locale;

/** Message keys and signs of the domain's closed sets: {@code notice.kind.news}, {@code notice.state.changes-asked}. */
final class Labels {

    private Labels() {}

    static Icon icon(Kind kind) {
        return switch (kind) {
            case NEWS -> Icon.NEWSPAPER;
            case EVENT -> Icon.CALENDAR_BLANK;
            case PRACTICAL -> Icon.CLOCK;
            case EMERGENCY -> Icon.WARNING_OCTAGON;
        };
    }

    static Icon icon(Kind kind, boolean exercise) {
        return exercise ? Icon.FLAG : icon(kind);
    }

    /** An exercise is of no kind that could be taken for the real one. */
    static String kind(Kind kind, boolean exercise) {
        return exercise ? "notice.exercise" : kind(kind);
    }

    static String kind(Kind kind) {
        return "notice.kind." + name(kind);
    }

    /** « Reste visible : en haut à gauche ». */
    static String remains(Words words, Content.Focus focus) {
        return words.get("notice.picture.remains", words.get("notice.focus." + name(focus)));
    }

    static String action(Action action) {
        return "notice.action." + name(action);
    }

    /** In one word; what the public sees comes before what is being prepared. */
    static String state(Standing standing) {
        return "notice.state."
                + switch (standing.publicState()) {
                    case NONE -> name(standing.draft());
                    case SCHEDULED, PUBLISHED, EXPIRED, WITHDRAWN -> name(standing.publicState());
                };
    }

    /** What is read of a notice: a correction stands where its draft does, not where the version that it is to replace does. */
    static Standing read(Standing standing) {
        return standing.underCorrection() ? new Standing(standing.draft(), PublicState.NONE) : standing;
    }

    /** The sentence on what is being prepared behind what the public sees. */
    static String behind(DraftState draft) {
        return "notice.list.behind." + name(draft);
    }

    /** How the word of {@link #state} looks. */
    static String look(Standing standing) {
        return switch (standing.publicState()) {
            case NONE -> draftLook(standing.draft());
            case SCHEDULED -> "ok";
            case PUBLISHED -> "live";
            case EXPIRED -> "review";
            case WITHDRAWN -> "off";
        };
    }

    private static String draftLook(DraftState draft) {
        return switch (draft) {
            case NONE, DRAFT -> "";
            case SUBMITTED -> "review";
            case CHANGES_ASKED -> "warn";
            case APPROVED -> "ok";
        };
    }

    /** The paper it lies on: a notice turns white when approved and loses it when withdrawn. */
    static String paper(Standing standing) {
        if (standing.publicState() == PublicState.WITHDRAWN) {
            return "gone";
        }
        boolean settled = standing.draft() == DraftState.NONE || standing.draft() == DraftState.APPROVED;
        return settled ? "white" : "draft";
    }

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
