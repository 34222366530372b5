package fr.tambour.desk.setup;

import fr.tambour.desk.internal.SetupDraft;
import fr.tambour.desk.internal.SetupStage;
import org.jspecify.annotations.Nullable;

/**
 * What all steps show: where one is.
 *
 * @param base `/mise-en-place/TOKEN`
 * @param town the chosen town's full name; null before
 */
public record SetupFrame(
        String base,
        SetupStage stage,
        SetupDraft draft,
        @Nullable String town) {

    static SetupFrame of(String token, SetupStage stage, SetupDraft draft) {
        return new SetupFrame(
                "/mise-en-place/" + token,
                stage,
                draft,
                draft.profile() == null
                        ? null
                        : draft.profile().style().before(draft.profile().name()));
    }

    /** Where the form of this step goes. */
    public String action() {
        return base + "/" + stage.path();
    }

    public String href(SetupStage other) {
        return base + "/" + other.path();
    }

    static String after(String token, SetupStage stage) {
        return "redirect:/mise-en-place/" + token + "/"
                + stage.next().orElse(SetupStage.ADMINISTRATOR).path();
    }
}
