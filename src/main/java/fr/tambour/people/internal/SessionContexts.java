package fr.tambour.people.internal;

import fr.tambour.people.Actor;
import fr.tambour.people.PersonId;
import fr.tambour.people.SignIns;
import fr.tambour.town.CurrentTown;
import fr.tambour.ui.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * A session holds nothing but who signed in; what they may do in the town of the request is read with each request, so
 * that someone who was removed is out at once.
 */
@Component
class SessionContexts implements SecurityContextRepository, SignIns {

    private final Register register;
    private final Devices devices;

    SessionContexts(Register register, Devices devices) {
        this.register = register;
        this.devices = devices;
    }

    /** A new session with a new id: what an attacker may have planted in the browser before is worth nothing. */
    @Override
    public void begin(PersonId person, HttpServletRequest request, HttpServletResponse response) {
        HttpSession before = request.getSession(false);
        if (before != null) {
            before.invalidate();
        }
        HttpSession session = request.getSession(true);
        session.setAttribute(StudioSession.PERSON, person.value());
        session.setAttribute(StudioSession.DEVICE, DeviceName.of(request.getHeader("User-Agent")));
        devices.remember(person, request, response);
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return new Once(request);
    }

    @Override
    @SuppressWarnings("deprecation")
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return loadDeferredContext(holder.getRequest()).get();
    }

    /** Nothing to do: {@link #begin} is the one place where a session comes to be. */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return signedIn(request).isPresent();
    }

    private static Optional<PersonId> signedIn(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null
                ? Optional.empty()
                : Optional.ofNullable((Long) session.getAttribute(StudioSession.PERSON))
                        .map(PersonId::new);
    }

    private SecurityContext load(HttpServletRequest request) {
        SecurityContextImpl context = new SecurityContextImpl();
        signedIn(request).flatMap(register::find).ifPresent(person -> {
            Actor actor = CurrentTown.of(request)
                    .flatMap(town -> register.actor(town.id(), person.id()))
                    .orElse(null);
            context.setAuthentication(new Acting(person, actor));
            request.setAttribute(Scope.LOCALE, Locale.forLanguageTag(person.language()));
        });
        return context;
    }

    private final class Once implements DeferredSecurityContext {

        private final HttpServletRequest request;
        private @Nullable SecurityContext context;

        Once(HttpServletRequest request) {
            this.request = request;
        }

        @Override
        public SecurityContext get() {
            if (context == null) {
                context = load(request);
            }
            return context;
        }

        @Override
        public boolean isGenerated() {
            return get().getAuthentication() == null;
        }
    }
}
