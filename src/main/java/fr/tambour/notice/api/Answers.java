package fr.tambour.notice.api;

import fr.tambour.people.PersonId;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers kept for requests that may come again. Called within the transaction of the request's effect. */
interface Answers {

    /** Keys are a person's own: two programs of two people may use the same. */
    record Key(TownId town, PersonId person, String key) {}

    /**
     * @param fingerprint of the request
     * @param body JSON
     */
    record Kept(String fingerprint, int status, @Nullable String location, String body) {}

    /** @param oldest what was answered before this is forgotten */
    Optional<Kept> find(Key key, Instant oldest);

    /**
     * Takes the key, so that nobody else can; also one that was last taken before {@code oldest}.
     *
     * @throws org.springframework.dao.DuplicateKeyException if it is taken; on PostgreSQL after whoever took it has finished
     */
    void claim(Key key, String fingerprint, Instant at, Instant oldest);

    void answer(Key key, Kept answer);

    /** Forgets what was answered before this; @return how many. */
    int forget(Instant before);
}
