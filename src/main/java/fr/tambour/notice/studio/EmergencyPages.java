package fr.tambour.notice.studio;

import fr.tambour.ui.Icon;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the pages of an emergency in the hand show. */
public final class EmergencyPages {

    private EmergencyPages() {}

    /**
     * The first screen.
     *
     * @param mode meant or practised; said on each of these pages, since it cannot be changed any more
     */
    public record Situations(AlertMode mode, List<Choice> choices) {}

    public record Choice(String href, String name, String hint, Icon icon) {}

    /**
     * The second screen.
     *
     * @param path where the form goes
     * @param alert names the alert that this page releases, however often its button is pressed
     * @param lang of the prepared text
     * @param title its parts, {@code instruction} likewise; both have marked words only
     * @param free nothing is prepared: one sentence to write
     * @param severity in words
     * @param end when it stops unless prolonged
     * @param channels where it goes, in words, where nobody can say whom it reaches
     */
    public record Readback(
            AlertMode mode,
            String path,
            String alert,
            String name,
            String lang,
            List<Part> title,
            List<Part> instruction,
            boolean free,
            String severity,
            String end,
            String channels,
            Reaching reach,
            @Nullable String problem) {}

    /**
     * @param field name of the form's field, empty for fixed text
     * @param label its accessible name
     */
    public record Part(String field, String label, String text) {}

    /**
     * Released.
     *
     * @param left « Partie à 8 h 42 »
     * @param follow whether somebody is told one by one, so that it is worth following
     */
    public record Sent(
            AlertMode mode,
            String ref,
            String left,
            String title,
            String area,
            List<Went> channels,
            boolean follow,
            String end,
            String publicUrl) {}

    /** @param how « en ligne », « en cours d’envoi » */
    public record Went(String channel, String how) {}

    public record Cancel(
            AlertMode mode,
            String ref,
            String title,
            String reason,
            @Nullable String problem) {}

    /**
     * Something new about an alert that stands.
     *
     * @param revision that it starts from
     * @param end when the alert stops as it stands
     * @param longer when it stops if prolonged
     * @param reach how many would hear of it
     * @param stands by field, what is public where the form says otherwise and somebody else was faster
     */
    public record Update(
            AlertMode mode,
            String ref,
            int revision,
            String lang,
            String title,
            String instruction,
            String area,
            String contact,
            String reason,
            List<EditorPage.Option> severities,
            String end,
            String longer,
            boolean prolong,
            Reaching reach,
            Map<String, String> stands,
            @Nullable String problem) {

        public Update {
            stands = Map.copyOf(stands);
        }
    }
}
