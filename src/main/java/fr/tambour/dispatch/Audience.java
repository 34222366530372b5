package fr.tambour.dispatch;

import fr.tambour.notice.Kind;
import java.util.Collections;
import java.util.Set;

/**
 * Whom a notice is for. Within a dimension or, between dimensions and; a notice without a district or theme reaches all.
 * An emergency asks neither kind nor theme nor the hour, only the district. An exercise is for those alone who agreed to
 * exercises; of them it asks what an emergency asks.
 *
 * <p>Whoever chose in a dimension only what the town has dropped has no choice there: they get all of it. Of an emergency it
 * suffices that one of their districts is dropped, since nobody knows whether it was the one they live in.
 *
 * @param exercise whether it only practises an emergency
 * @param dropped as of the moment of its publication: who was told is known by it later
 */
public record Audience(Kind kind, boolean exercise, Set<Long> themes, Set<Long> districts, Dropped dropped) {

    /** What a town once had in its lists, and has no more; by ids. */
    public record Dropped(Set<Long> themes, Set<Long> districts) {

        public static final Dropped NOTHING = new Dropped(Set.of(), Set.of());

        public Dropped {
            themes = Set.copyOf(themes);
            districts = Set.copyOf(districts);
        }
    }

    public Audience {
        themes = Set.copyOf(themes);
        districts = Set.copyOf(districts);
    }

    /** In a town that has dropped nothing. */
    public Audience(Kind kind, boolean exercise, Set<Long> themes, Set<Long> districts) {
        this(kind, exercise, themes, districts, Dropped.NOTHING);
    }

    /** Whether a reader who chose so is told, the hour aside. */
    public boolean includes(Choices choices) {
        if (exercise && !choices.exercises()) {
            return false;
        }
        boolean here = meet(districts, choices.districts(), dropped.districts());
        if (kind == Kind.EMERGENCY) {
            return here || !Collections.disjoint(choices.districts(), dropped.districts());
        }
        return here
                && (choices.kinds().isEmpty() || choices.kinds().contains(kind))
                && meet(themes, choices.themes(), dropped.themes());
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

    /** To have chosen nothing is to have chosen only what is dropped. */
    private static boolean meet(Set<Long> ofNotice, Set<Long> chosen, Set<Long> dropped) {
        return ofNotice.isEmpty() || dropped.containsAll(chosen) || !Collections.disjoint(ofNotice, chosen);
    }
}
