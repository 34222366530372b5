package fr.tambour.fediverse.internal;

import fr.tambour.fediverse.internal.DocumentFetch.Fetched;
import fr.tambour.fediverse.internal.RemoteActors.Answer;
import fr.tambour.town.Town;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Reads an account where it says to stand, through redirects and from a key to whose it is. */
@Component
class ActorFetch {

    private final DocumentFetch documents;

    ActorFetch(DocumentFetch documents) {
        this.documents = documents;
    }

    /** Told on any thread. */
    CompletableFuture<Answer> of(Town town, URI address) {
        return of(town, address, DocumentFetch.MOST_HOPS);
    }

    private CompletableFuture<Answer> of(Town town, URI address, int hops) {
        return documents.of(town, address, hops).thenCompose(fetched -> switch (fetched) {
            case Fetched.Found found -> read(town, found);
            case Fetched.Gone gone -> done(new Answer.Gone());
            case Fetched.None none -> done(new Answer.None(none.reason()));
            case Fetched.Unknown unknown -> done(new Answer.Unknown(unknown.reason()));
        });
    }

    private CompletableFuture<Answer> read(Town town, Fetched.Found found) {
        return switch (ActorReading.of(found.address(), found.document())) {
            case ActorReading.Found account -> done(new Answer.Found(account.actor()));
            case ActorReading.Elsewhere elsewhere ->
                found.hops() == 0
                        ? done(new Answer.None("it leads nowhere"))
                        : of(town, elsewhere.address(), found.hops() - 1);
            case ActorReading.None none -> done(new Answer.None(none.reason()));
        };
    }

    private static CompletableFuture<Answer> done(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
