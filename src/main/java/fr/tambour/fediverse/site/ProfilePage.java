package fr.tambour.fediverse.site;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account as people see it.
 *
 * @param handle with its first @: what one types into the search of any server
 * @param followers how many, in words
 * @param posts what it wrote last, newest first
 */
public record ProfilePage(String name, String handle, String biography, String followers, List<Post> posts) {

    /**
     * @param language of the title, where it is another than the page's; or null
     * @param when as people read it
     */
    public record Post(String title, @Nullable String language, String path, String when) {}
}
