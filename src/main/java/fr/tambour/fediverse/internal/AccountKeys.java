package fr.tambour.fediverse.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.town.Town;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives an account another key. It signs with that at once, but for what tells its followers so: that is signed with the one that they
 * know, and nothing is any more once they have been told. The new one has a name of its own: who meets it asks for it, whatever they
 * keep of the account.
 */
@Component
public class AccountKeys {

    private final Actors actors;
    private final AccountNews news;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate writing;

    AccountKeys(Actors actors, AccountNews news, Audit audit, Clock clock, PlatformTransactionManager transactions) {
        this.actors = actors;
        this.news = news;
        this.audit = audit;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
    }

    /** Of all accounts that the town has, its instance's too. */
    public void renew(Town town, long person) {
        for (Actor actor : actors.all(town)) {
            renew(town, actor, person);
        }
    }

    private void renew(Town town, Actor actor, long person) {
        KeyPair pair = Actors.generated();
        try {
            writing.executeWithoutResult(status -> {
                Instant now = clock.instant();
                Actors.OldKey before = actors.key(actor);
                Actor after = actors.rekey(actor, pair);
                if (after.kind() != Actor.Kind.INSTANCE) {
                    news.tell(after, town, before, now);
                }
                audit.record(new AuditEntry(
                        town.id().value(),
                        person,
                        "fediverse.key-changed",
                        "fediverse",
                        Map.of("account", actor.handle())));
            });
        } finally {
            actors.reread(town.id());
        }
    }
}
