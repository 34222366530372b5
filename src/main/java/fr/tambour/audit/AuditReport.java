package fr.tambour.audit;

import java.util.List;

/** What {@link AuditVerifier} found. */
public sealed interface AuditReport {

    /**
     * Nothing was changed, left out, put in or cut off.
     *
     * @param entries how many there are
     * @param head the number in the head file; smaller than {@code entries} after a crash between commit and head, or
     *     where another node wrote last
     */
    record Intact(long entries, long head) implements AuditReport {}

    /** @param findings what is wrong, in the order of the chain; at most {@link #MOST} */
    record Broken(List<Finding> findings) implements AuditReport {
        public static final int MOST = 100;
    }

    /** One thing that is wrong. */
    sealed interface Finding {

        /** The entry's content, its place or its MAC was changed. */
        record Altered(long number) implements Finding {}

        /** Entries from one number to another, both included, are not there. */
        record Missing(long from, long to) implements Finding {}

        /** There is an entry too many with this number. */
        record Inserted(long number) implements Finding {}

        /** The table ends at {@code last}, but there was an entry {@code head}: the end was cut off. */
        record Cut(long last, long head) implements Finding {}

        /** The entry with this number is not the one that was once the last: the chain was written anew. */
        record Rewritten(long number) implements Finding {}

        /** There is no head file that could tell whether the end was cut off. */
        record HeadMissing() implements Finding {}

        /** The head file is not what Tambour writes. */
        record HeadUnreadable() implements Finding {}
    }
}
