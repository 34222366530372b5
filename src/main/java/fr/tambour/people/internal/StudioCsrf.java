package fr.tambour.people.internal;

import fr.tambour.keys.Keys;
import fr.tambour.keys.MacKey;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * The token that a form of the studio carries is the MAC of the session's id; before signing in, of a random cookie that
 * the form came with. Nothing is stored, nobody gets a session for looking at the sign-in page, and signing in changes the
 * token.
 */
@Component
class StudioCsrf implements CsrfTokenRepository {

    private static final String COOKIE = "tambour-door";
    private static final String DOOR = StudioCsrf.class.getName();
    private static final int COOKIE_LENGTH = 64;

    private final Secrets secrets;
    private final MacKey key;

    StudioCsrf(Secrets secrets, Keys keys) {
        this.secrets = secrets;
        this.key = keys.mac("people.csrf");
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null
                ? token("session\n" + session.getId())
                : door(request).map(door -> token("door\n" + door)).orElse(null);
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        String door = secrets.fresh();
        request.setAttribute(DOOR, door);
        return token("door\n" + door);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        if (token != null && request.getAttribute(DOOR) instanceof String door) {
            response.addHeader(
                    HttpHeaders.SET_COOKIE,
                    ResponseCookie.from(COOKIE, door)
                            .path("/studio")
                            .httpOnly(true)
                            .secure(request.isSecure())
                            .sameSite("Strict")
                            .build()
                            .toString());
        }
    }

    private static Optional<String> door(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, COOKIE))
                .map(cookie -> cookie.getValue())
                .filter(value -> !value.isEmpty() && value.length() <= COOKIE_LENGTH);
    }

    private CsrfToken token(String bound) {
        return new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", key.hex(bound));
    }
}
