package fr.tambour.dispatch.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a notice is.
 *
 * @param notice its ref, by which the page's stream follows it
 * @param part where this fragment is read anew
 * @param ways newest first
 * @param bilan what everybody can read of it
 */
public record DiffusionPage(String notice, String part, List<Way> ways, String bilan) {

    /**
     * One revision over one channel.
     *
     * @param id names it among the others
     * @param name « Téléphones, publication »
     * @param stage « En cours »
     * @param look of that word, see {@code ui/state.jte}
     * @param about what that means here; may be empty
     * @param bar null where it is through, or nobody can say out of how many
     * @param action where its buttons lead: {@code ACTION/pause}
     * @param resume not where its whole town has to
     */
    public record Way(
            String id,
            String name,
            String stage,
            String look,
            String about,
            @Nullable Bar bar,
            List<Line> counts,
            List<Line> times,
            String action,
            boolean pause,
            boolean resume,
            boolean stop) {}

    /**
     * @param label for whoever does not see it
     * @param said beside it
     */
    public record Bar(String label, long value, long of, String said) {}

    /** @param why in plain words; may be empty */
    public record Line(String key, String value, String why) {}
}
