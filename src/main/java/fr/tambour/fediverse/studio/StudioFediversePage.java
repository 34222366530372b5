package fr.tambour.fediverse.studio;

import fr.tambour.fediverse.internal.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account, and who follows it.
 *
 * @param handle with its first @
 * @param path of its public page
 * @param held since when it is held fast, in words; null while it may still be changed
 * @param done what was done just now, in words; or null
 * @param form null for whoever may not change it, and once it is held
 * @param followers in one sentence
 * @param weeks the newest first
 * @param servers the most first
 * @param health how what is published arrives, in one sentence
 * @param shared the newest first
 * @param pinned notices, the last first
 * @param mayShare whether whoever looks may repost and pin
 * @param mayChange whether whoever looks may open and stop accounts
 */
public record StudioFediversePage(
        String handle,
        String path,
        @Nullable String held,
        @Nullable String done,
        @Nullable Problem problem,
        @Nullable Form form,
        String followers,
        List<Week> weeks,
        List<Line> servers,
        String health,
        List<ThemeAccount> themes,
        boolean mayChange,
        List<Shared> shared,
        List<Pinned> pinned,
        boolean mayShare) {

    /**
     * A post of somebody else's that stands reposted.
     *
     * @param by its author, as they call themselves
     * @param beginning of its words
     * @param when it was reposted
     * @param page where people find it
     */
    public record Shared(
            long id, String by, String beginning, @Nullable String language, String when, String page) {}

    /** @param ref of the notice */
    public record Pinned(String ref, String title) {}

    /**
     * A theme, and the account that it has or had last.
     *
     * @param listed whether notices can still choose it
     * @param suggested what its account could be called
     * @param name what stands before the @; null, as all that follows, where there was none
     * @param followers in one sentence
     */
    public record ThemeAccount(
            long theme,
            String title,
            boolean listed,
            String suggested,
            @Nullable String name,
            @Nullable String handle,
            @Nullable String path,
            Actor.@Nullable State state,
            String followers) {

        /** Whether it is there, on or not. */
        public boolean exists() {
            return state != null && state != Actor.State.CLOSED;
        }
    }

    /**
     * Why something was not taken. What was typed is not lost.
     *
     * @param redirect where the other domain has to lead, where that is why
     * @param address of a post that was to be looked at; null where it was something else, as with the others
     * @param theme that was to have an account, by its id; else 0
     * @param name what that was to be called
     */
    public record Problem(
            String sentence,
            @Nullable String redirect,
            @Nullable String address,
            long theme,
            @Nullable String name) {

        static Problem of(String sentence, @Nullable String redirect) {
            return new Problem(sentence, redirect, null, 0, null);
        }

        static Problem ofPost(String sentence, String address) {
            return new Problem(sentence, null, address, 0, null);
        }

        static Problem ofTheme(String sentence, long theme, String name) {
            return new Problem(sentence, null, null, theme, name);
        }
    }

    /** Whether it is this theme's account that was not opened. */
    public boolean failed(long theme) {
        return problem != null && problem.name() != null && problem.theme() == theme;
    }

    /** @param own the host on which the account stands */
    public record Form(String name, String domain, String own) {}

    /** @param change since the week before, with its sign; empty for the first */
    public record Week(String day, String followers, String change, String servers) {}

    /** @param count as it may be shown: « 1 204 », « moins de dix » */
    public record Line(String name, String count) {}
}
