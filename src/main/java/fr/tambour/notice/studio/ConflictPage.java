package fr.tambour.notice.studio;

import java.util.List;
import java.util.Map;

/**
 * Two people changed the same draft. Both texts are here; nothing is lost until one is chosen.
 *
 * @param version of what is stored now; saving from here replaces it knowingly
 * @param who saved meanwhile
 * @param when that was, in words
 * @param differences from what is stored to what was sent
 * @param sent all fields as they were sent
 */
public record ConflictPage(
        String ref,
        String title,
        long version,
        String who,
        String when,
        List<Difference> differences,
        Map<String, List<String>> sent) {}
