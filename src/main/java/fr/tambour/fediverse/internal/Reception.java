package fr.tambour.fediverse.internal;

import fr.tambour.town.Town;
import fr.tambour.ui.Network;
import fr.tambour.ui.Turnstile;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes in what other servers send: sees that it is from whom it says, and hands it on. While somebody is asked for a key no
 * thread is held.
 */
@Component
public class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    /**
     * At once, of one host, and from one network: each may be a mebibyte. Of what host it is whoever sends it says, who may have
     * any number of them; where it comes from they cannot choose as freely.
     */
    private static final int AT_ONCE = 96;

    private static final int AT_ONCE_FROM_ONE = 48;

    private final RemoteActors remotes;
    private final Arrivals arrivals;
    private final Moves moves;
    private final ActorUpdates updates;
    private final Standing standing;
    private final RefusalLog refusals;
    private final GroupCommit commits;
    private final StrangersWork work;
    private final Clock clock;
    private final Turnstile turnstile = new Turnstile(AT_ONCE, AT_ONCE_FROM_ONE);
    private final Turnstile networks = new Turnstile(AT_ONCE, AT_ONCE_FROM_ONE);

    Reception(
            RemoteActors remotes,
            Arrivals arrivals,
            Moves moves,
            ActorUpdates updates,
            Standing standing,
            RefusalLog refusals,
            GroupCommit commits,
            StrangersWork work,
            Clock clock) {
        this.remotes = remotes;
        this.arrivals = arrivals;
        this.moves = moves;
        this.updates = updates;
        this.standing = standing;
        this.refusals = refusals;
        this.commits = commits;
        this.work = work;
        this.clock = clock;
    }

    /** What becomes of it. */
    public sealed interface Verdict {

        /** It was done, or there was nothing to do. */
        record Taken() implements Verdict {}

        /** Not all of it was read. */
        record TooLarge() implements Verdict {}

        /** It is no activity. */
        record Unreadable(String why) implements Verdict {}

        /** Nobody can say that it is from whom it says. */
        record Unsigned(String why) implements Verdict {}

        /**
         * Not now: whoever has the key does not answer, or there is too much to do.
         *
         * @param inside what only the town's own are told: how we reach others is nobody else's
         */
        record Later(String why, String inside) implements Verdict {

            public Later(String why) {
                this(why, why);
            }
        }
    }

    /** Who says to have sent what. */
    private record Said(URI sender, SignatureScheme.Claim claim, ObjectNode activity) {}

    /**
     * Never fails.
     *
     * @param from the address it comes from: for counting only
     */
    public CompletableFuture<Verdict> receive(Town town, SignedMessage message, String from) {
        return counted(town, message, Network.of(from)).whenComplete((verdict, failure) -> {
            switch (verdict) {
                case Verdict.Taken taken -> {}
                case Verdict.TooLarge large -> refusals.refused(town, message, "too-large", "1 MiB or more");
                case Verdict.Unreadable(String why) -> refusals.refused(town, message, "unreadable", why);
                case Verdict.Unsigned(String why) -> refusals.refused(town, message, "unsigned", why);
                case Verdict.Later later -> refusals.refused(town, message, "later", later.inside());
            }
        });
    }

    private CompletableFuture<Verdict> counted(Town town, SignedMessage message, String network) {
        if (networks.enter(network) != Turnstile.Entry.IN) {
            return done(new Verdict.Later("Too much comes at once"));
        }
        return received(town, message).whenComplete((verdict, failure) -> networks.leave(network));
    }

    private CompletableFuture<Verdict> received(Town town, SignedMessage message) {
        if (message.body().length >= StrangeJson.MOST_BYTES) {
            return done(new Verdict.TooLarge());
        }
        Said said;
        try {
            SignatureScheme.Claim claim = SignatureScheme.of(message, clock.instant());
            Optional<ObjectNode> activity = StrangeJson.read(message.body());
            if (activity.isEmpty()) {
                return done(new Verdict.Unreadable("It is no JSON object, or too deep, or says something twice"));
            }
            Optional<URI> sender = StrangeJson.id(activity.get().path("actor"));
            Optional<URI> id = StrangeJson.id(activity.get());
            if (sender.isEmpty() || StrangeJson.text(activity.get(), "type").isEmpty()) {
                return done(new Verdict.Unreadable("It has no actor, or no type"));
            }
            if (id.isPresent() && !StrangeJson.sameHost(id.get(), sender.get())) {
                return done(new Verdict.Unreadable("Its identifier is on another host than its actor"));
            }
            if (StrangeJson.address(claim.keyId())
                    .filter(key -> StrangeJson.sameHost(key, sender.get()))
                    .isEmpty()) {
                throw new BadSignature("The key is on another host than the actor");
            }
            said = new Said(sender.get(), claim, activity.get());
        } catch (BadSignature e) {
            return done(new Verdict.Unsigned(String.valueOf(e.getMessage())));
        }
        String host = said.sender().getRawAuthority();
        if (turnstile.enter(host) != Turnstile.Entry.IN) {
            return done(new Verdict.Later("Too much comes at once"));
        }
        CompletableFuture<Verdict> coming;
        try {
            coming = admitted(town, said, message);
        } catch (RuntimeException e) {
            coming = done(failed(e));
        }
        return coming.whenComplete((verdict, failure) -> turnstile.leave(host));
    }

    private CompletableFuture<Verdict> admitted(Town town, Said said, SignedMessage message) {
        try {
            if (arrivals.isOfNoConcern(town, said.sender(), said.activity())) {
                return done(new Verdict.Taken());
            }
        } catch (DataAccessException | TransactionException e) {
            return done(new Verdict.Later("The database does not answer"));
        }
        return remotes.signer(town, said.claim(), actor -> isFrom(said, actor), work::execute)
                .thenCompose(answer -> answer instanceof RemoteActors.Answer.Gone && !isTheirOwn(said)
                        ? remotes.ask(town, said.sender().toString(), true)
                                .thenApply(own -> own instanceof RemoteActors.Answer.Found
                                        ? new RemoteActors.Answer.None("its key is gone")
                                        : own)
                        : CompletableFuture.completedFuture(answer))
                .thenComposeAsync(answer -> settled(town, said, message, answer), work::execute)
                .exceptionally(Reception::failed);
    }

    /** Whether the key stands where its actor does: else that it is gone says nothing of who has it. */
    private static boolean isTheirOwn(Said said) {
        return said.claim().keyId().replaceFirst("#.*", "").equals(said.sender().toString());
    }

    private static CompletableFuture<Verdict> done(Verdict verdict) {
        return CompletableFuture.completedFuture(verdict);
    }

    private static Verdict failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof NoRoom) {
            return new Verdict.Later(String.valueOf(cause.getMessage()));
        }
        if (!(cause instanceof RejectedExecutionException)) {
            LOG.warn("What another server sent is asked for again", cause);
        }
        return new Verdict.Later("It could not be taken in for now");
    }

    private static boolean isFrom(Said said, RemoteActor actor) {
        return actor.uri().equals(said.sender()) && said.claim().isBy(actor);
    }

    private CompletableFuture<Verdict> settled(
            Town town, Said said, SignedMessage message, RemoteActors.Answer answer) {
        return switch (answer) {
            case RemoteActors.Answer.Found(RemoteActor actor) -> {
                standing.isWell(town.id(), said.sender().getRawAuthority());
                if (!arrivals.hasRoom(town, actor, said.activity())) {
                    throw new NoRoom();
                }
                yield updates.take(town, actor, said.activity())
                        .thenCompose(learnt -> learnt
                                ? arrivals.read(town, actor, said.activity())
                                : CompletableFuture.completedFuture(Optional.<Arrival>empty()))
                        .thenCompose(read -> read.isEmpty()
                                ? done(new Verdict.Later("What it speaks of cannot be read for now"))
                                : commits.write(() -> arrivals.take(
                                                town, read.get(), said.claim().base()))
                                        .thenApply(written -> {
                                            moves.take(town, actor, said.activity());
                                            return new Verdict.Taken();
                                        }));
            }
            // Their own server says that they are gone: nobody else could sign that any more.
            case RemoteActors.Answer.Gone() ->
                Arrivals.isOwnEnd(said.sender(), said.activity())
                        ? commits.write(() -> arrivals.leaves(town, said.sender()))
                                .thenApply(written -> new Verdict.Taken())
                        : done(new Verdict.Unsigned("The actor is gone"));
            case RemoteActors.Answer.None(String reason) ->
                done(new Verdict.Unsigned("Who signed is not known: " + reason));
            case RemoteActors.Answer.Unknown(String reason) ->
                done(new Verdict.Later(
                        "Who signed is not known yet: their server does not answer",
                        "Who signed is not known yet: " + reason));
        };
    }
}
