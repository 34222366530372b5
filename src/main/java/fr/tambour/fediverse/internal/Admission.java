package fr.tambour.fediverse.internal;

import fr.tambour.conversation.ServerName;
import fr.tambour.town.Town;
import fr.tambour.ui.Turnstile;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who asks for something that a town shows only to whom it knows. Two servers that do so cannot wait for each other: whoever is asked
 * for a key is asked by the instance's account, which everybody may read.
 */
@Component
public class Admission {

    /** At once, and of one host: each may wait for whoever has the key. */
    private static final int AT_ONCE = 32;

    private static final int AT_ONCE_FROM_ONE = 8;

    private final RemoteActors remotes;
    private final Talk talk;
    private final StrangersWork work;
    private final Clock clock;
    private final TransactionTemplate reading;
    private final Turnstile turnstile = new Turnstile(AT_ONCE, AT_ONCE_FROM_ONE);

    Admission(
            RemoteActors remotes, Talk talk, StrangersWork work, Clock clock, PlatformTransactionManager transactions) {
        this.remotes = remotes;
        this.talk = talk;
        this.work = work;
        this.clock = clock;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** Whether they may read. */
    public sealed interface Verdict {

        /** Surely from them. */
        record Known(URI who) implements Verdict {}

        /** Nobody can say who asks. */
        record Unsigned(String why) implements Verdict {}

        /** The town keeps them out. */
        record Blocked() implements Verdict {}

        /** Nobody can say for now. */
        record Later(String why) implements Verdict {}
    }

    /** Never fails; told on any thread. */
    public CompletableFuture<Verdict> of(Town town, SignedMessage message) {
        SignatureScheme.Claim claim;
        try {
            claim = SignatureScheme.of(message, clock.instant());
        } catch (BadSignature e) {
            return done(new Verdict.Unsigned(String.valueOf(e.getMessage())));
        }
        Optional<URI> key = StrangeJson.address(claim.keyId());
        if (key.isEmpty()) {
            return done(new Verdict.Unsigned("The key has no web address"));
        }
        // Whoever has a host has all its ports.
        String host = ServerName.of(key.get().getRawAuthority());
        try {
            // Nobody is asked for the key of a server that is kept out.
            if (isBlocked(town, key.get())) {
                return done(new Verdict.Blocked());
            }
        } catch (DataAccessException | TransactionException e) {
            return done(new Verdict.Later("The database does not answer"));
        }
        if (turnstile.enter(host) != Turnstile.Entry.IN) {
            return done(new Verdict.Later("Too much is asked for at once"));
        }
        return remotes.signer(town, claim, claim::isBy, work::execute)
                .thenApplyAsync(answer -> verdict(town, answer), work::execute)
                .exceptionally(failure -> new Verdict.Later("It could not be seen for now"))
                .whenComplete((verdict, failure) -> turnstile.leave(host));
    }

    private boolean isBlocked(Town town, URI key) {
        return Boolean.TRUE.equals(reading.execute(status -> talk.isBlocked(town.id(), key)));
    }

    private boolean isBlocked(Town town, RemoteActor who) {
        return Boolean.TRUE.equals(reading.execute(status -> talk.isBlocked(town.id(), who)));
    }

    private Verdict verdict(Town town, RemoteActors.Answer answer) {
        return switch (answer) {
            case RemoteActors.Answer.Found(RemoteActor who) ->
                isBlocked(town, who) ? new Verdict.Blocked() : new Verdict.Known(who.uri());
            case RemoteActors.Answer.Gone() -> new Verdict.Unsigned("Whose key it is is gone");
            case RemoteActors.Answer.None(String reason) ->
                new Verdict.Unsigned("Whose key it is is not known: " + reason);
            case RemoteActors.Answer.Unknown(String reason) ->
                new Verdict.Later("Whose key it is is not known yet: " + reason);
        };
    }

    private static CompletableFuture<Verdict> done(Verdict verdict) {
        return CompletableFuture.completedFuture(verdict);
    }
}
