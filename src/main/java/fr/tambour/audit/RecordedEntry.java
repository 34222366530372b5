package fr.tambour.audit;

import java.time.Instant;

/**
 * An entry as it stands in the journal.
 *
 * @param number its place in the instance's one chain, from 1, without gaps
 * @param at when it was done
 */
public record RecordedEntry(long number, Instant at, AuditEntry entry) {}
