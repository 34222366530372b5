package fr.tambour.people.internal;

import fr.tambour.people.PersonId;
import java.time.Instant;
import java.util.List;
import org.springframework.session.SessionRepository;

/** Who is signed in, where. */
public interface Sessions extends SessionRepository<StudioSession> {

    /** A person's sessions, the last used first. */
    List<Place> of(PersonId person);

    /** By which one finds a session among {@link #of}. */
    String idMac(String id);

    /** Signs a person out everywhere. */
    void endAll(PersonId person);

    /** Signs a person out everywhere but here. */
    void endOthers(PersonId person, String keptId);

    /**
     * @param idMac only to tell whether it is this one
     * @param device « Firefox, Linux »
     */
    record Place(String idMac, String device, Instant since, Instant seen) {}
}
