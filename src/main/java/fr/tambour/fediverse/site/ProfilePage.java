package fr.tambour.fediverse.site;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account as people see it.
 *
 * @param handle with its first @: what one types into the search of any server
 * @param followers how many, in words
 * @param path of this page
 * @param theme whether it is a theme's
 * @param stopped whether it reposts nothing more, and takes nobody new
 * @param approves whether only those follow it whom the town lets
 * @param follow what came of asking where somebody's own server lets them follow
 * @param posts what it wrote last, newest first
 * @param others accounts of the town that one can follow as well
 */
public record ProfilePage(
        String name,
        String handle,
        String biography,
        String followers,
        String path,
        boolean theme,
        boolean stopped,
        boolean approves,
        Follow follow,
        List<Post> posts,
        List<Account> others) {

    /** @param handle with its first @ */
    public record Account(String name, String handle, String path) {}

    /**
     * @param account as it was written
     * @param error in words, or null
     * @param page of their server, or null
     */
    public record Follow(
            String account,
            @Nullable String error,
            @Nullable URI page) {

        /** Nobody has asked. */
        public static final Follow NOT_ASKED = new Follow("", null, null);
    }

    ProfilePage with(Follow follow) {
        return new ProfilePage(
                name, handle, biography, followers, path, theme, stopped, approves, follow, posts, others);
    }

    /**
     * @param language of the title, where it is another than the page's; or null
     * @param href where it stands: a path here, or somebody else's page
     * @param when as people read it
     * @param by who wrote it, where that is somebody else; or null
     * @param pinned whether it stands first
     */
    public record Post(
            String title,
            @Nullable String language,
            String href,
            String when,
            @Nullable By by,
            boolean pinned) {}

    /** @param page where people find them */
    public record By(String name, String page) {}
}
