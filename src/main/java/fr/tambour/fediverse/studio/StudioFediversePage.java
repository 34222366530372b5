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
 * @param lost that the domain it is called by does not lead here any more, in one sentence, or null
 * @param redirects what another domain has to say to lead here
 * @param followers in one sentence
 * @param spread how far its notices went, in sentences
 * @param weeks the newest first
 * @param servers the most first
 * @param health how what is published arrives, in one sentence
 * @param quotes how many posts quote a notice, in one sentence
 * @param shared the newest first
 * @param pinned notices, the last first
 * @param mayShare whether whoever looks may repost and pin
 * @param requests who waits to follow; null for whoever may not let them in
 * @param approvals which accounts approve first who follows them; null for whoever may not say so
 * @param gated whether other servers read only where they say who they are
 * @param aliases accounts elsewhere that the town had before, by their identifiers
 * @param mayChange whether whoever looks may open and stop accounts
 */
public record StudioFediversePage(
        String handle,
        String path,
        @Nullable String held,
        @Nullable String done,
        @Nullable Problem problem,
        @Nullable Form form,
        @Nullable String lost,
        List<Snippet> redirects,
        String followers,
        List<String> spread,
        List<Week> weeks,
        List<Line> servers,
        String health,
        String quotes,
        List<ThemeAccount> themes,
        boolean mayChange,
        List<Shared> shared,
        List<Pinned> pinned,
        boolean mayShare,
        @Nullable Requests requests,
        @Nullable List<Approval> approvals,
        boolean gated,
        List<String> aliases) {

    /**
     * Who waits to follow.
     *
     * @param shown who has waited the longest first
     * @param more how many wait beside them, in words; null where nobody does
     */
    public record Requests(List<Request> shown, @Nullable String more) {}

    /**
     * Somebody who waits.
     *
     * @param name as they call themselves, or their handle
     * @param handle with its first @
     * @param page where people find them
     * @param account that they ask for, with its first @
     * @param since in words
     * @param may whether that account takes anybody now
     */
    public record Request(
            long id,
            String name,
            String handle,
            String page,
            String server,
            String account,
            String since,
            boolean may) {}

    /**
     * An account that people follow.
     *
     * @param name what stands before the @
     * @param handle with its first @
     * @param approves whether only those follow it whom the town lets
     */
    public record Approval(String name, String handle, boolean approves) {}

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
     * @param elsewhere whether it is that another domain does not lead here
     * @param address of a post that was to be looked at; null where it was something else, as with the others
     * @param theme that was to have an account, by its id; else 0
     * @param name what that was to be called
     * @param alias an account elsewhere that was to be named
     */
    public record Problem(
            String sentence,
            boolean elsewhere,
            @Nullable String address,
            long theme,
            @Nullable String name,
            @Nullable String alias) {

        static Problem of(String sentence) {
            return new Problem(sentence, false, null, 0, null, null);
        }

        static Problem ofElsewhere(String sentence) {
            return new Problem(sentence, true, null, 0, null, null);
        }

        static Problem ofPost(String sentence, String address) {
            return new Problem(sentence, false, address, 0, null, null);
        }

        static Problem ofTheme(String sentence, long theme, String name) {
            return new Problem(sentence, false, null, theme, name, null);
        }

        static Problem ofAlias(String sentence, String alias) {
            return new Problem(sentence, false, null, 0, null, alias);
        }
    }

    /** Whether it is this theme's account that was not opened. */
    public boolean failed(long theme) {
        return problem != null && problem.name() != null && problem.theme() == theme;
    }

    /** Whether it was another domain that does not lead here. */
    public boolean leadsElsewhere() {
        return problem != null && problem.elsewhere();
    }

    /** @param server nginx, Apache, Caddy */
    public record Snippet(String server, String text) {}

    /** @param own the host on which the account stands */
    public record Form(String name, String domain, String own) {}

    /** @param change since the week before, with its sign; empty for the first */
    public record Week(String day, String followers, String change, String servers) {}

    /** @param count as it may be shown: « 1 204 », « moins de dix » */
    public record Line(String name, String count) {}
}
