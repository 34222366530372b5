package fr.tambour.fediverse.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody who follows, or waits to, says that their account is otherwise now. What it is, their server is asked: what was sent is
 * not believed. From then on they are told where it reads now.
 */
@Component
class ActorUpdates {

    /** Whoever replays what somebody signed has their server asked so often in an hour, and no more. */
    private static final int AN_HOUR = 20;

    private record Whose(TownId town, URI actor) {}

    private final Cache<Whose, AtomicInteger> lately = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    private final RemoteActors remotes;
    private final Followers followers;
    private final Askings askings;
    private final StrangersWork work;
    private final Clock clock;
    private final TransactionTemplate writing;

    ActorUpdates(
            RemoteActors remotes,
            Followers followers,
            Askings askings,
            StrangersWork work,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.remotes = remotes;
        this.followers = followers;
        this.askings = askings;
        this.work = work;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
    }

    /** Whether somebody says that of their own account. */
    static boolean isOne(URI sender, ObjectNode activity) {
        return StrangeJson.text(activity, "type").equals("Update")
                && StrangeJson.id(activity.path("object"))
                        .filter(sender::equals)
                        .isPresent();
    }

    /** The sender is who they say; false where their server does not answer for now. */
    CompletableFuture<Boolean> take(Town town, RemoteActor sender, ObjectNode activity) {
        if (!isOne(sender.uri(), activity) || isTooOften(town.id(), sender.uri())) {
            return CompletableFuture.completedFuture(true);
        }
        remotes.forget(town.id(), sender.uri());
        return remotes.ask(town, sender.uri().toString(), false)
                .thenApplyAsync(answer -> learnt(town, answer), work::execute);
    }

    private boolean isTooOften(TownId town, URI actor) {
        return lately.get(new Whose(town, actor), none -> new AtomicInteger()).incrementAndGet() > AN_HOUR;
    }

    private boolean learnt(Town town, RemoteActors.Answer answer) {
        return switch (answer) {
            case RemoteActors.Answer.Found(RemoteActor actor) -> {
                writing.executeWithoutResult(status -> {
                    followers.readsAt(town.id(), actor, clock.instant());
                    askings.readsAt(town.id(), actor);
                });
                yield true;
            }
            // They may be so again, and say so then.
            case RemoteActors.Answer.Gone gone -> true;
            case RemoteActors.Answer.None none -> true;
            case RemoteActors.Answer.Unknown unknown -> false;
        };
    }
}
