package fr.tambour.people.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.people.Person;
import fr.tambour.people.PersonId;
import fr.tambour.town.TownId;
import fr.tambour.ui.Network;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Decides whether an e-mail and a password are somebody's, no faster than {@link Throttle} allows. */
@Service
public class SignIn {

    /** When to come back where too many come at once. */
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final Persons persons;
    private final Passwords passwords;
    private final Throttle throttle;
    private final Lines lines;
    private final Devices devices;
    private final Audit audit;
    private final TransactionTemplate writing;

    SignIn(
            Persons persons,
            Passwords passwords,
            Throttle throttle,
            Lines lines,
            Devices devices,
            Audit audit,
            TransactionTemplate writing) {
        this.persons = persons;
        this.passwords = passwords;
        this.throttle = throttle;
        this.lines = lines;
        this.devices = devices;
        this.audit = audit;
        this.writing = writing;
    }

    public sealed interface Result {

        record Welcome(Person person) implements Result {}

        /** No such person or another password: nobody is told which. */
        record Wrong() implements Result {}

        /** Not looked at: too many failures, or too many at once. */
        record TooSoon(Duration delay) implements Result {}
    }

    public Result attempt(TownId town, String email, String password, HttpServletRequest request) {
        String account = Emails.normal(email);
        Persons.@Nullable Credentials known = persons.byEmail(account).orElse(null);
        Throttle.Attempt attempt = Throttle.Attempt.signIn(
                account,
                Network.of(request.getRemoteAddr()),
                known == null
                        ? null
                        : devices.known(known.person().id(), request).orElse(null));
        Result result = look(attempt, password, known);
        if (result instanceof Result.Welcome welcome) {
            PersonId person = welcome.person().id();
            writing.executeWithoutResult(status -> audit.record(
                    new AuditEntry(journal(town, person), person.value(), "people.signed-in", person.toString())));
        }
        return result;
    }

    /** A town is not told who of another one came to its door by mistake: that is the instance's alone (0). */
    private long journal(TownId town, PersonId person) {
        return persons.membership(town, person).isPresent() ? town.value() : 0;
    }

    private Result look(Throttle.Attempt attempt, String password, Persons.@Nullable Credentials known) {
        Optional<Lines.Place> place = lines.enter(attempt);
        if (place.isEmpty()) {
            return new Result.TooSoon(AGAIN);
        }
        try (Lines.Place mine = place.get()) {
            Optional<Duration> wait = throttle.enter(attempt);
            if (wait.isPresent()) {
                return new Result.TooSoon(wait.get());
            }
            String encoded = known == null ? null : known.password();
            if (!mine.take(() -> passwords.matches(password, encoded)) || known == null) {
                return new Result.Wrong();
            }
            throttle.right(attempt);
            return new Result.Welcome(known.person());
        }
    }

    /** Whether this is the signed-in person's own password: asked before it is changed. Slowed as signing in is. */
    public Result confirm(Person person, String password, HttpServletRequest request) {
        Throttle.Attempt attempt = Throttle.Attempt.signIn(
                person.email(),
                Network.of(request.getRemoteAddr()),
                devices.known(person.id(), request).orElse(null));
        return look(attempt, password, persons.credentials(person.id()).orElse(null));
    }
}
