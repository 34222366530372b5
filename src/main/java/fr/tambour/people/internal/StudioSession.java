package fr.tambour.people.internal;

import fr.tambour.people.PersonId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.MapSession;
import org.springframework.session.Session;

/** A session that knows what of it the table does not have yet. */
final class StudioSession implements Session {

    /** Attribute of type Long: who signed in. */
    static final String PERSON = "fr.tambour.people.person";

    /** Attribute of type String: « Firefox, Linux ». */
    static final String DEVICE = "fr.tambour.people.device";

    private final MapSession values;
    private @Nullable String storedId;
    private @Nullable Instant storedAccess;
    private boolean changed;

    private StudioSession(MapSession values) {
        this.values = values;
    }

    static StudioSession begin(String id, Instant now, Duration idle) {
        MapSession values = new MapSession(id);
        values.setCreationTime(now);
        values.setLastAccessedTime(now);
        values.setMaxInactiveInterval(idle);
        return new StudioSession(values);
    }

    static StudioSession stored(
            String id, Instant created, Instant seen, Duration idle, Map<String, Object> attributes) {
        StudioSession session = begin(id, created, idle);
        session.values.setLastAccessedTime(seen);
        attributes.forEach(session.values::setAttribute);
        session.storedId = id;
        session.storedAccess = seen;
        return session;
    }

    Optional<PersonId> person() {
        return Optional.ofNullable((Long) getAttribute(PERSON)).map(PersonId::new);
    }

    String device() {
        return Optional.ofNullable((String) getAttribute(DEVICE)).orElse("");
    }

    Map<String, Object> attributes() {
        Map<String, Object> attributes = new HashMap<>();
        getAttributeNames().forEach(name -> attributes.put(name, getAttribute(name)));
        return attributes;
    }

    /** Null if it was never stored. */
    @Nullable
    String storedId() {
        return storedId;
    }

    boolean changed() {
        return changed || !values.getId().equals(storedId);
    }

    /** How much later than the table says it was last used. */
    Duration unsaidAccess() {
        return storedAccess == null ? Duration.ZERO : Duration.between(storedAccess, getLastAccessedTime());
    }

    void isStored() {
        storedId = values.getId();
        storedAccess = getLastAccessedTime();
        changed = false;
    }

    @Override
    public String getId() {
        return values.getId();
    }

    @Override
    public String changeSessionId() {
        return values.changeSessionId();
    }

    @Override
    public <T> @Nullable T getAttribute(String name) {
        return values.getAttribute(name);
    }

    @Override
    public Set<String> getAttributeNames() {
        return values.getAttributeNames();
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        values.setAttribute(name, value);
        changed = true;
    }

    @Override
    public void removeAttribute(String name) {
        if (values.getAttribute(name) != null) {
            changed = true;
        }
        values.removeAttribute(name);
    }

    @Override
    public Instant getCreationTime() {
        return values.getCreationTime();
    }

    /** Nothing: Spring Session's filter says this by the system's clock, {@link #usedAt} by ours. */
    @Override
    public void setLastAccessedTime(Instant lastAccessedTime) {}

    StudioSession usedAt(Instant now) {
        values.setLastAccessedTime(now);
        return this;
    }

    @Override
    public Instant getLastAccessedTime() {
        return values.getLastAccessedTime();
    }

    @Override
    public void setMaxInactiveInterval(Duration interval) {
        values.setMaxInactiveInterval(interval);
    }

    @Override
    public Duration getMaxInactiveInterval() {
        return values.getMaxInactiveInterval();
    }

    @Override
    public boolean isExpired() {
        return values.isExpired();
    }
}
