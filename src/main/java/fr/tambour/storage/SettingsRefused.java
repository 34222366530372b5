package fr.tambour.storage;

/**
 * The settings are wrong, or contradict each other or the data they lead to: Tambour does not start. The message, in
 * English as the log is, says what to change; it never repeats a value that may hold a password.
 */
public class SettingsRefused extends RuntimeException {

    public SettingsRefused(String message) {
        super(message);
    }
}
