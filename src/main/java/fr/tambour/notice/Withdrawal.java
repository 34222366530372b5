package fr.tambour.notice;

import java.time.Instant;

/**
 * Why and when a published notice was taken back.
 *
 * @param at when
 * @param reason in the words shown to the public
 */
public record Withdrawal(Instant at, String reason) {}
