package fr.tambour.fediverse.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.live.Shown;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import java.net.IDN;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What people type to find the account. The domain may be the town's own while Tambour runs below it, if that one leads who
 * asks for accounts to Tambour; from when another server knows it on nothing of it can be changed any more.
 */
@Component
public class AccountAddress {

    /** What Mastodon takes, which is the least that others do. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,30}");

    private final Actors actors;
    private final WebFinger webFinger;
    private final Shown shown;
    private final Audit audit;
    private final TransactionTemplate writing;

    AccountAddress(
            Actors actors, WebFinger webFinger, Shown shown, Audit audit, PlatformTransactionManager transactions) {
        this.actors = actors;
        this.webFinger = webFinger;
        this.shown = shown;
        this.audit = audit;
        this.writing = new TransactionTemplate(transactions);
    }

    /**
     * A name and a domain that could be an account's.
     *
     * @throws Refusal 422 {@code fediverse.name}, {@code fediverse.domain}
     */
    public record Wanted(String name, String domain) {

        public static Wanted of(String name, String domain) {
            return new Wanted(
                    AccountAddress.name(name),
                    authority(domain.strip())
                            .orElseThrow(() -> new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "fediverse.domain")));
        }

        private static Optional<String> authority(String domain) {
            try {
                return StrangeJson.address("https://" + IDN.toASCII(domain))
                        .filter(address -> address.getRawPath().isEmpty() && address.getRawQuery() == null)
                        .map(URI::getRawAuthority);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /** @throws Refusal 422 {@code fediverse.name} */
    static String name(String wanted) {
        String small = wanted.strip().toLowerCase(Locale.ROOT);
        if (!NAME.matcher(small).matches()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "fediverse.name");
        }
        return small;
    }

    /** Whether this domain leads those who ask there for the account to where it stands. Never fails. */
    public CompletableFuture<Boolean> leadsHere(Town town, Wanted wanted) {
        Actor actor = actors.of(town);
        if (wanted.domain().equals(actor.base().getRawAuthority())) {
            return CompletableFuture.completedFuture(true);
        }
        return leadsHere(town, actor, wanted.domain(), actor.plainHandle());
    }

    /** Whether the domain that it is called by leads those who ask there for it by that name to where it stands. Never fails. */
    CompletableFuture<Boolean> leadsHere(Town town, Actor actor) {
        return leadsHere(town, actor, actor.domain(), actor.handle());
    }

    private CompletableFuture<Boolean> leadsHere(Town town, Actor actor, String domain, String handle) {
        return webFinger
                .ask(town, domain, "acct:" + handle)
                .thenApply(found -> found.stream()
                        .flatMap(document -> WebFinger.links(document, "self"))
                        .flatMap(link -> StrangeJson.id(link.path("href")).stream())
                        .anyMatch(actor.uri()::equals));
    }

    /**
     * Also where it stays as it was proposed: that is a choice as well.
     *
     * @throws Refusal 409 {@code fediverse.held} if another server knows it by now; 422 {@code fediverse.name-taken} by a theme's
     */
    public void change(Town town, Wanted wanted, long person) {
        Actor before = actors.of(town);
        if (actors.isThemes(town, wanted.name())) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "fediverse.name-taken", wanted.name());
        }
        writing.executeWithoutResult(status -> {
            try {
                if (!actors.call(before, wanted.name(), wanted.domain())) {
                    throw new Refusal(HttpStatus.CONFLICT, "fediverse.held");
                }
            } catch (DuplicateKeyException e) {
                throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "fediverse.name-taken", wanted.name());
            }
            // Pages name it.
            shown.changes(town.id());
            String after = wanted.name() + "@" + wanted.domain();
            audit.record(
                    after.equals(before.handle())
                            ? entry(town, person, "fediverse.address-kept", Map.of("handle", after))
                            : entry(
                                    town,
                                    person,
                                    "fediverse.address-changed",
                                    Map.of("before", before.handle(), "after", after)));
        });
    }

    private static AuditEntry entry(Town town, long person, String action, Map<String, String> details) {
        return new AuditEntry(town.id().value(), person, action, "fediverse", details);
    }
}
