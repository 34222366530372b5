package fr.tambour.phone.internal;

import fr.tambour.dispatch.Choices;
import fr.tambour.dispatch.Choices.QuietHours;
import fr.tambour.notice.Kind;
import fr.tambour.town.Town;
import java.util.Set;

/** What a phone is told that touches nothing: alerts, what changes daily life, no exercise, and no sound at night. */
public final class UsualChoices {

    public static final QuietHours QUIET = new QuietHours(21, 7);

    private UsualChoices() {}

    /** @param language of the page; one of the town's, else its first */
    public static Choices of(Town town, String language) {
        return new Choices(
                Set.of(Kind.EMERGENCY, Kind.PRACTICAL),
                Set.of(),
                Set.of(),
                QUIET,
                town.languages().contains(language) ? language : town.language(),
                false);
    }
}
