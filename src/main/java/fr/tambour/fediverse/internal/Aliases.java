package fr.tambour.fediverse.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Accounts elsewhere that the town had before. Whoever follows one of them is brought here by their own servers once that account says
 * that it has moved: they believe it because the town's account names it.
 */
@Component
public class Aliases {

    /** No town had more. */
    public static final int MOST = 10;

    private final Actors actors;
    private final WebFinger webFinger;
    private final RemoteActors remotes;
    private final AccountNews news;
    private final Audit audit;
    private final TransactionTemplate writing;

    Aliases(
            Actors actors,
            WebFinger webFinger,
            RemoteActors remotes,
            AccountNews news,
            Audit audit,
            PlatformTransactionManager transactions) {
        this.actors = actors;
        this.webFinger = webFinger;
        this.remotes = remotes;
        this.news = news;
        this.audit = audit;
        this.writing = new TransactionTemplate(transactions);
    }

    /**
     * The account that somebody means: by its handle, by its page, or by its identifier.
     *
     * @throws java.util.concurrent.CompletionException of a {@link Refusal}, 422: {@code fediverse.alias-unreadable},
     *     {@code fediverse.alias-none}, {@code fediverse.alias-ours}
     */
    public CompletableFuture<URI> find(Town town, String written) {
        Optional<HomeServers.Handle> handle = HomeServers.Handle.of(written);
        Optional<URI> address = StrangeJson.address(written.strip());
        if (handle.isEmpty() && address.isEmpty()) {
            return CompletableFuture.failedFuture(refused("fediverse.alias-unreadable"));
        }
        CompletableFuture<Optional<URI>> named = handle.map(one -> named(town, one))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
        return named.thenCompose(found -> {
            Optional<URI> meant = found.or(() -> address);
            if (meant.isEmpty()) {
                return CompletableFuture.failedFuture(refused("fediverse.alias-none"));
            }
            if (OwnAddresses.isOurs(actors.of(town), meant.get())) {
                return CompletableFuture.failedFuture(refused("fediverse.alias-ours"));
            }
            return remotes.ask(town, meant.get().toString(), false).thenApply(answer -> {
                if (answer instanceof RemoteActors.Answer.Found there) {
                    return there.actor().uri();
                }
                throw refused("fediverse.alias-none");
            });
        });
    }

    private CompletableFuture<Optional<URI>> named(Town town, HomeServers.Handle handle) {
        return webFinger
                .ask(town, handle.host(), "acct:" + handle.name() + "@" + handle.host())
                .thenApply(document -> document.stream()
                        .flatMap(found -> WebFinger.links(found, "self"))
                        .flatMap(link -> StrangeJson.id(link.path("href")).stream())
                        .findFirst());
    }

    /**
     * One that is named already stays so.
     *
     * @throws Refusal 422 {@code fediverse.aliases-full} beside {@value #MOST} others
     */
    public void add(Town town, URI account, long person) {
        change(town, "fediverse.alias-added", account, person, all -> {
            if (!all.contains(account)) {
                if (all.size() >= MOST) {
                    throw refused("fediverse.aliases-full", MOST);
                }
                all.add(account);
            }
        });
    }

    /** What is not named is as it was. */
    public void remove(Town town, String account, long person) {
        StrangeJson.address(account)
                .ifPresent(one -> change(town, "fediverse.alias-removed", one, person, all -> all.remove(one)));
    }

    private interface Change {
        void to(List<URI> all);
    }

    private void change(Town town, String action, URI account, long person, Change change) {
        actors.reread(town.id());
        Actor own = actors.of(town);
        List<URI> before = actors.aliases(town);
        List<URI> after = new ArrayList<>(before);
        change.to(after);
        if (!after.equals(before)) {
            writing.executeWithoutResult(status -> {
                actors.alias(own, after);
                news.mayDiffer(own);
                audit.record(new AuditEntry(
                        town.id().value(), person, action, "fediverse", Map.of("account", account.toString())));
            });
        }
    }

    private static Refusal refused(String code, Object... args) {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, code, args);
    }
}
