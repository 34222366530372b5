package fr.tambour.audit.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.audit.RecordedEntry;
import fr.tambour.storage.Millis;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Collects a transaction's entries and chains them as its last act. Were they chained when they are recorded, one
 * transaction could hold the chain's lock while waiting for a row that another holds while waiting for the chain.
 */
@Component
class ChainedAudit implements Audit, ApplicationListener<ApplicationReadyEvent> {

    private static final int VALUE_LENGTH = 1_000;
    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

    private final Entries entries;
    private final Chain chain;
    private final Head head;
    private final Clock clock;
    private final JsonMapper json;

    ChainedAudit(Entries entries, Chain chain, Head head, Clock clock) {
        this.entries = entries;
        this.chain = chain;
        this.head = head;
        this.clock = clock;
        this.json = JsonMapper.shared();
    }

    @Override
    @Transactional
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        open();
    }

    /** A crash between commit and head leaves the head behind: it catches up. */
    void open() {
        Link end = entries.lock();
        head.confirm(end, entries);
        head.advance(end);
    }

    @Override
    public void record(AuditEntry entry) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw new IllegalStateException("An audit entry belongs into the transaction of what it tells");
        }
        pending().add(entry, clock.millis());
    }

    @Override
    @Transactional(readOnly = true)
    public List<RecordedEntry> page(long townId, long before, int size) {
        return entries.page(townId, before, size).stream().map(this::read).toList();
    }

    private RecordedEntry read(Row row) {
        return new RecordedEntry(
                row.number(),
                Millis.toInstant(row.at()),
                new AuditEntry(
                        row.townId(),
                        row.personId(),
                        row.action(),
                        row.subject(),
                        json.readValue(row.details(), DETAILS)));
    }

    private Pending pending() {
        for (TransactionSynchronization registered : TransactionSynchronizationManager.getSynchronizations()) {
            if (registered instanceof Pending mine && mine.owner() == this) {
                return mine;
            }
        }
        Pending pending = new Pending();
        TransactionSynchronizationManager.registerSynchronization(pending);
        return pending;
    }

    private String details(Map<String, String> details) {
        TreeMap<String, String> sorted = new TreeMap<>();
        // PostgreSQL stores no NUL.
        details.forEach((key, value) -> sorted.put(
                key,
                (value.length() <= VALUE_LENGTH ? value : value.substring(0, VALUE_LENGTH - 1) + "…")
                        .replace("\u0000", "")));
        return json.writeValueAsString(sorted);
    }

    /** What one transaction has to tell. */
    private final class Pending implements TransactionSynchronization, Ordered {

        private record Told(AuditEntry entry, long at) {}

        private final List<Told> told = new ArrayList<>();
        private @Nullable Link end;

        ChainedAudit owner() {
            return ChainedAudit.this;
        }

        void add(AuditEntry entry, long at) {
            if (end != null) {
                throw new IllegalStateException("The transaction is committing: too late for an audit entry");
            }
            told.add(new Told(entry, at));
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            Link last = entries.lock();
            head.confirm(last, entries);
            for (Told one : told) {
                AuditEntry entry = one.entry();
                Row row = new Row(
                        entry.townId(),
                        last.number() + 1,
                        one.at(),
                        entry.personId(),
                        entry.action(),
                        entry.subject(),
                        details(entry.details()));
                String mac = chain.mac(last.mac(), row);
                entries.append(row, mac);
                last = new Link(row.number(), mac);
            }
            entries.moveEnd(last);
            end = last;
            TransactionSynchronizationManager.registerSynchronization(new Advance(last));
        }
    }

    /** Registered last: whoever waits for the commit is told before the head is written to the disk. */
    private final class Advance implements TransactionSynchronization {

        private final Link end;

        Advance(Link end) {
            this.end = end;
        }

        @Override
        public void afterCommit() {
            head.advance(end);
        }
    }
}
