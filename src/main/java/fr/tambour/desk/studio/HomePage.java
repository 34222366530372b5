package fr.tambour.desk.studio;

import fr.tambour.ui.SetupStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The studio's home: what waits for whom.
 *
 * @param name whom to greet
 * @param emergency whether the person may release one
 * @param write whether they may write
 * @param groups the registers, empty ones left out
 * @param empty whether the town has no notice at all
 * @param steps what is still to be done before the town is well set up
 */
public record HomePage(
        String name, boolean emergency, boolean write, List<Group> groups, boolean empty, List<SetupStep> steps) {

    /**
     * @param id of the section
     * @param count beside the heading
     * @param more where all of them are, or null where these are all
     * @param live already public: on white
     */
    public record Group(
            String id,
            String heading,
            String count,
            boolean live,
            @Nullable String moreLabel,
            @Nullable String more,
            List<Row> rows) {}

    /**
     * @param kindName said to who cannot see the sign
     * @param exercise whether it only practises an alert
     * @param sub a second line, or empty
     * @param late the time asks for something
     * @param who whose initials stand at the end
     */
    public record Row(
            String href,
            String kind,
            String kindName,
            boolean exercise,
            String title,
            String sub,
            String when,
            boolean late,
            String who,
            String initials) {}
}
