package fr.tambour.ui;

import org.jspecify.annotations.Nullable;

/**
 * What a person sees instead of the page they asked for.
 *
 * @param status HTTP status
 * @param heading what happened
 * @param sentence to what, and what to do
 * @param incident number to quote when asking for help, or null where nothing is broken
 */
public record RefusalPage(
        int status,
        String heading,
        String sentence,
        @Nullable String incident) {}
