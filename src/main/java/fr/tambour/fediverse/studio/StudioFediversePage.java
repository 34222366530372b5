package fr.tambour.fediverse.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account, and who follows it.
 *
 * @param handle with its first @
 * @param path of its public page
 * @param held since when it is held fast, in words; null while it may still be changed
 * @param form null for whoever may not change it, and once it is held
 * @param followers in one sentence
 * @param weeks the newest first
 * @param servers the most first
 */
public record StudioFediversePage(
        String handle,
        String path,
        @Nullable String held,
        boolean saved,
        @Nullable Problem problem,
        @Nullable Form form,
        String followers,
        List<Week> weeks,
        List<Line> servers) {

    /**
     * Why another address was not taken.
     *
     * @param redirect where the other domain has to lead, where that is why
     */
    public record Problem(String sentence, @Nullable String redirect) {}

    /** @param own the host on which the account stands */
    public record Form(String name, String domain, String own) {}

    /** @param change since the week before, with its sign; empty for the first */
    public record Week(String day, String followers, String change, String servers) {}

    /** @param count as it may be shown: « 1 204 », « moins de dix » */
    public record Line(String name, String count) {}
}
