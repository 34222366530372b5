package fr.tambour.notice.studio;

import org.jspecify.annotations.Nullable;

/** Asks for the reason, once, before a notice is taken back. */
public record WithdrawalPage(
        String ref, String title, String reason, @Nullable String problem) {}
