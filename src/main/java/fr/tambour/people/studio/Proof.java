package fr.tambour.people.studio;

import fr.tambour.people.Person;
import fr.tambour.people.internal.SignIn;
import fr.tambour.people.internal.Waits;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** A password asked for once more, in a form that is about something else. */
final class Proof {

    private Proof() {}

    /** @throws Refusal 422 {@code people.password-wrong}, 429 {@code people.too-soon} */
    static Person of(SignIn.Result result, HttpServletResponse response) {
        return given(result, response)
                .orElseThrow(() -> new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "people.password-wrong"));
    }

    /**
     * Empty if it is nobody's password.
     *
     * @throws Refusal 429 {@code people.too-soon}
     */
    static Optional<Person> given(SignIn.Result result, HttpServletResponse response) {
        return switch (result) {
            case SignIn.Result.Welcome welcome -> Optional.of(welcome.person());
            case SignIn.Result.Wrong wrong -> Optional.empty();
            case SignIn.Result.TooSoon early -> {
                long seconds = Waits.seconds(early.delay());
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
                throw new Refusal(HttpStatus.TOO_MANY_REQUESTS, "people.too-soon", seconds);
            }
        };
    }
}
