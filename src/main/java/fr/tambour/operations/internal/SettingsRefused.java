package fr.tambour.operations.internal;

/** The settings contradict each other; the message says what to change. */
class SettingsRefused extends RuntimeException {

    SettingsRefused(String message) {
        super(message);
    }
}
