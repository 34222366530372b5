package fr.tambour.people.internal;

import fr.tambour.town.CurrentTown;
import fr.tambour.ui.Network;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * `Authorization: Bearer tbr_…` (RFC 6750). A token acts as its person in its town, with those of its rights that the
 * person still has. Only wrong tokens are slowed: whoever shares an address with a guesser is not.
 */
final class TokenFilter extends OncePerRequestFilter {

    private static final String SCHEME = "bearer ";

    private final PersonalTokens tokens;
    private final Register register;
    private final Throttle throttle;

    TokenFilter(PersonalTokens tokens, Register register, Throttle throttle) {
        this.tokens = tokens;
        this.register = register;
        this.throttle = throttle;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> secret = bearer(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (secret.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Acting> acting = acting(request, secret.get());
        if (acting.isEmpty()) {
            throw refusal(request, response);
        }
        // A program says which language it wants its sentences in; one that does not gets its person's.
        if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null) {
            request.setAttribute(
                    Scope.LOCALE, Locale.forLanguageTag(acting.get().person().language()));
        }
        SecurityContextHolder.setContext(new SecurityContextImpl(acting.get()));
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    /** The token that an `Authorization` field holds. */
    static Optional<String> bearer(@Nullable String field) {
        return field != null && field.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? Optional.of(field.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private Optional<Acting> acting(HttpServletRequest request, String secret) {
        return CurrentTown.of(request)
                .flatMap(town -> tokens.find(town.id(), secret))
                .flatMap(known -> register.membership(known.town(), known.person())
                        .map(membership -> new Acting(
                                membership.person(), register.actor(membership).within(known.rights()))));
    }

    private Refusal refusal(HttpServletRequest request, HttpServletResponse response) {
        Optional<Duration> delay = throttle.enter(Throttle.Attempt.token(Network.of(request.getRemoteAddr())));
        if (delay.isPresent()) {
            long seconds = Waits.seconds(delay.get());
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
            return new Refusal(HttpStatus.TOO_MANY_REQUESTS, "people.too-soon", seconds);
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Tambour\", error=\"invalid_token\"");
        return new Refusal(HttpStatus.UNAUTHORIZED, "people.token-refused");
    }
}
