package fr.tambour.people.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param newest path of the first page, or null on it
 * @param older path of the next page, or null on the last
 */
public record JournalPage(
        List<Line> lines, @Nullable String newest, @Nullable String older) {

    /**
     * @param at « 24 novembre à 9 h 02 »
     * @param iso the same for machines
     * @param action in words, or as it is named where there are none
     * @param subject what it was done to
     * @param href where that can be read, or null
     * @param details « rôles : auteur »
     */
    public record Line(
            long number,
            String at,
            String iso,
            String who,
            String action,
            String subject,
            @Nullable String href,
            List<String> details) {}
}
