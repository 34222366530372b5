package fr.tambour.people.internal;

import fr.tambour.people.Actor;
import fr.tambour.people.Person;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** Spring Security's view of who sent a request: known by session or by token, and working for this town, or not. */
public final class Acting extends AbstractAuthenticationToken {

    /** Authority of whoever works for the town of the request. */
    static final String MEMBER = "MEMBER";

    private final transient Person person;
    private final transient @Nullable Actor actor;

    /** @param actor null if they do not work for the town of the request */
    Acting(Person person, @Nullable Actor actor) {
        super(actor == null ? List.of() : List.of(new SimpleGrantedAuthority(MEMBER)));
        this.person = person;
        this.actor = actor;
        setAuthenticated(true);
    }

    /** Who sent the request that this thread works on. */
    public static Optional<Acting> now() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof Acting acting
                ? Optional.of(acting)
                : Optional.empty();
    }

    public Person person() {
        return person;
    }

    public Optional<Actor> actor() {
        return Optional.ofNullable(actor);
    }

    @Override
    public Object getPrincipal() {
        return person.id();
    }

    @Override
    public String getName() {
        return person.id().toString();
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }
}
