package fr.tambour.fediverse.internal;

import fr.tambour.town.Town;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody who follows says that they are another account from now on. They are believed if that says so too: else anybody
 * could have others told in the name of whoever they like.
 */
@Component
class Moves {

    private static final Logger LOG = LoggerFactory.getLogger(Moves.class);

    private final RemoteActors remotes;
    private final Followers followers;
    private final Talk talk;
    private final StrangersWork work;
    private final Clock clock;
    private final TransactionTemplate writing;

    Moves(
            RemoteActors remotes,
            Followers followers,
            Talk talk,
            StrangersWork work,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.remotes = remotes;
        this.followers = followers;
        this.talk = talk;
        this.work = work;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
    }

    /** Where somebody says to be from now on. */
    static Optional<URI> target(URI sender, ObjectNode activity) {
        return StrangeJson.text(activity, "type").equals("Move")
                        && StrangeJson.id(activity.path("object"))
                                .filter(sender::equals)
                                .isPresent()
                ? StrangeJson.id(activity.path("target")).filter(target -> !target.equals(sender))
                : Optional.empty();
    }

    /** The sender is who they say. Never fails; done once their new account has been asked. */
    void take(Town town, RemoteActor sender, ObjectNode activity) {
        target(sender.uri(), activity).ifPresent(target -> {
            CompletableFuture<Void> unused = remotes.ask(town, target.toString(), true)
                    .thenAcceptAsync(
                            answer -> {
                                if (answer instanceof RemoteActors.Answer.Found found
                                        && found.actor().aliases().contains(sender.uri())) {
                                    move(town, sender.uri(), found.actor());
                                }
                            },
                            work::execute)
                    .exceptionally(failure -> {
                        LOG.warn("Somebody who has moved is told where they were", failure);
                        return null;
                    });
        });
    }

    private void move(Town town, URI from, RemoteActor to) {
        writing.executeWithoutResult(status -> {
            if (!talk.isBlocked(town.id(), to)) {
                followers.move(town.id(), from, to, clock.instant());
            }
        });
    }
}
