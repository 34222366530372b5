package fr.tambour.desk.setup;

import org.jspecify.annotations.Nullable;

/**
 * @param key the new key, in the one answer that shows it; null otherwise
 * @param copying whether it is being asked for back
 * @param confirmed whether a key is in force already
 * @param typed what was typed, to be mended
 * @param problem what is wrong with the key typed, or null
 */
public record RecoveryPage(
        SetupFrame setup,
        @Nullable String key,
        boolean copying,
        boolean confirmed,
        String typed,
        @Nullable String problem) {}
