package fr.tambour.dispatch;

import fr.tambour.notice.Kind;
import java.util.Collections;
import java.util.Set;

/**
 * Whom a notice is for. Within a dimension or, between dimensions and; a notice without a district or theme reaches all.
 * An emergency asks neither kind nor theme nor the hour, only the district. An exercise is for those alone who agreed to
 * exercises; of them it asks what an emergency asks.
 *
 * @param exercise whether it only practises an emergency
 */
public record Audience(Kind kind, boolean exercise, Set<Long> themes, Set<Long> districts) {

    public Audience {
        themes = Set.copyOf(themes);
        districts = Set.copyOf(districts);
    }

    /** Whether a reader who chose so is told, the hour aside. */
    public boolean includes(Choices choices) {
        return (!exercise || choices.exercises())
                && meet(districts, choices.districts())
                && (kind == Kind.EMERGENCY
                        || (choices.kinds().isEmpty() || choices.kinds().contains(kind))
                                && meet(themes, choices.themes()));
    }

    /** Whether a reader who chose so wants to be left alone at this hour of the town's clock. */
    public boolean disturbs(Choices choices, int hour) {
        Choices.QuietHours quiet = choices.quiet();
        return quiet != null && disturbs(quiet, hour);
    }

    /** The same of whoever has these quiet hours. */
    public boolean disturbs(Choices.QuietHours quiet, int hour) {
        return kind != Kind.EMERGENCY && quiet.covers(hour);
    }

    private static boolean meet(Set<Long> ofNotice, Set<Long> chosen) {
        return ofNotice.isEmpty() || chosen.isEmpty() || !Collections.disjoint(ofNotice, chosen);
    }
}
