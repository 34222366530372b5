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
 * @param follow what came of asking where somebody's own server lets them follow
 * @param posts what it wrote last, newest first
 */
public record ProfilePage(
        String name, String handle, String biography, String followers, String path, Follow follow, List<Post> posts) {

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
        return new ProfilePage(name, handle, biography, followers, path, follow, posts);
    }

    /**
     * @param language of the title, where it is another than the page's; or null
     * @param when as people read it
     */
    public record Post(String title, @Nullable String language, String path, String when) {}
}
