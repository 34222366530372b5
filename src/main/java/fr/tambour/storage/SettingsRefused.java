package fr.tambour.operations.internal;

/** The settings contradict each other, or the data they lead to; the message says what to change. */
public class SettingsRefused extends RuntimeException {

    public SettingsRefused(String message) {
        super(message);
    }
}
