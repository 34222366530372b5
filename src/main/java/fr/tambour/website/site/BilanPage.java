package fr.tambour.website.site;

import fr.tambour.ui.Phrase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole account of a notice.
 *
 * @param ref the notice's name in addresses
 * @param title the notice's
 * @param exercise whether it only practises an alert
 * @param back to the notice
 * @param json the same for programs
 * @param versions newest first
 */
public record BilanPage(String ref, Phrase title, boolean exercise, String back, String json, List<Version> versions) {

    /** Whether it says of anybody that a service took something for them, so that it must say what that means. */
    public boolean accepted() {
        return versions.stream().flatMap(version -> version.ways().stream()).anyMatch(way -> way.accepted() != null);
    }

    /**
     * What left with one transaction.
     *
     * @param what « Rectificatif publié »
     * @param when « le 12 novembre à 9 h 02 »
     */
    public record Version(String what, String iso, String when, List<Way> ways) {}

    /**
     * One channel.
     *
     * @param where « Téléphones »
     * @param state how far it is; null where the numbers say all
     * @param accepted how many the service accepted: « 12 304 », « moins de dix »; null where nobody is told one by one, or
     *     nobody yet
     * @param times when and how fast; empty where so few were accepted that it would tell of one of them
     * @param others what became of how many others
     */
    public record Way(
            String where, @Nullable String state, @Nullable String accepted, List<Line> times, List<Line> others) {}

    /** @param key a few words, {@code value} what is said of them */
    public record Line(String key, String value) {}
}
