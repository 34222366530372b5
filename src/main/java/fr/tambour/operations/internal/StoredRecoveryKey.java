package fr.tambour.operations.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.operations.RecoveryKey;
import fr.tambour.storage.InstanceFacts;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the public halves: the one in force, and the one that waits for confirmation. */
@Component
class StoredRecoveryKey implements RecoveryKey, RecoveryRecipient {

    private static final String RECIPIENT = "recovery.recipient";
    private static final String CONFIRMED = "recovery.confirmed";
    private static final String PENDING = "recovery.pending";

    private final InstanceFacts facts;
    private final Audit audit;
    private final Clock clock;

    StoredRecoveryKey(InstanceFacts facts, Audit audit, Clock clock) {
        this.facts = facts;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    @Transactional
    public String create() {
        AgeKeys.Pair pair = AgeKeys.generate();
        facts.put(PENDING, pair.recipient());
        audit.record(new AuditEntry(0, 0, "operations.recovery-key-shown", pair.recipient()));
        return pair.identity();
    }

    @Override
    @Transactional
    public Confirmation confirm(String typed) {
        Optional<String> pending = facts.get(PENDING);
        if (pending.isEmpty()) {
            return Confirmation.NOTHING_SHOWN;
        }
        Optional<String> recipient = AgeKeys.recipientOf(AgeKeys.normalise(typed));
        if (recipient.isEmpty()) {
            return Confirmation.MISTYPED;
        }
        if (!recipient.equals(pending)) {
            return Confirmation.ANOTHER_KEY;
        }
        facts.put(RECIPIENT, recipient.get());
        facts.putTime(CONFIRMED, clock.instant());
        facts.remove(PENDING);
        audit.record(new AuditEntry(0, 0, "operations.recovery-key-confirmed", recipient.get()));
        return Confirmation.CONFIRMED;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Instant> confirmedAt() {
        return facts.getTime(CONFIRMED);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<String> get() {
        return facts.get(RECIPIENT);
    }
}
