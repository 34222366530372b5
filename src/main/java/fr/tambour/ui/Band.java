package fr.tambour.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that stands above every page as long as it is true: an emergency, a pause after a restore.
 *
 * @param tone ALERT belongs to emergencies alone
 * @param heading « Alerte inondation : quartier des Saules »
 * @param text one sentence, or null
 * @param action what to do about it, or null
 * @param order small ones first
 * @param revision another one where what stands behind the action has changed: open pages compare it; or null
 * @param ends epoch milliseconds, for copies that are read without a network; null where it has no end
 */
public record Band(
        Tone tone,
        Phrase heading,
        @Nullable Phrase text,
        @Nullable Action action,
        int order,
        @Nullable String revision,
        @Nullable Long ends) {

    public Band(Tone tone, Phrase heading, @Nullable Phrase text, @Nullable Action action, int order) {
        this(tone, heading, text, action, order, null, null);
    }

    public enum Tone {
        ALERT,
        WARN,
        INFO
    }

    /** @param label « Lire la consigne », « Annuler l’alerte » */
    public record Action(String label, String href) {}

    /** The scope's path tells site from studio. */
    public interface Provider {
        List<Band> bands(Scope scope);
    }
}
