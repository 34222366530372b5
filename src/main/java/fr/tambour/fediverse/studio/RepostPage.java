package fr.tambour.fediverse.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A post of somebody else's, as it would be reposted.
 *
 * @param address as it was given
 * @param digest by which it is known again what was seen
 * @param author as they call themselves
 * @param handle of theirs, with its first @
 * @param page where people find it
 * @param language of the post, or null
 * @param own handle of the account that reposts
 * @param followers to how many, in one sentence
 * @param problem why it is shown once more, or null
 */
public record RepostPage(
        String address,
        String digest,
        String author,
        String handle,
        String page,
        List<String> paragraphs,
        @Nullable String language,
        String own,
        String followers,
        @Nullable String problem) {}
