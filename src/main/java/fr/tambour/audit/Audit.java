package fr.tambour.audit;

import java.util.List;

/** The journal of the instance. */
public interface Audit {

    /**
     * Adds an entry within the caller's transaction: it stands if and only if what it tells was done. Entries are numbered
     * and chained as the last thing before the commit, so that the chain's lock is held for a moment only and always
     * taken last.
     *
     * @throws IllegalStateException outside of a transaction that may write
     */
    void record(AuditEntry entry);

    /**
     * A town's entries, newest first.
     *
     * @param before only entries with a smaller number; {@link Long#MAX_VALUE} for the newest
     */
    List<RecordedEntry> page(long townId, long before, int size);
}
