package fr.tambour.conversation.internal;

import fr.tambour.notice.NoticeId;
import fr.tambour.people.PersonId;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.Optional;

/** At which notices answers are not taken in as usual. Every method belongs into a transaction of the caller. */
public interface Paces {

    record Paced(Pace pace, Instant since, PersonId by) {}

    /** Empty where all is as usual. */
    Optional<Paced> of(TownId town, NoticeId notice);

    void set(TownId town, NoticeId notice, Paced paced);
}
