package fr.tambour.people.studio;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * @param choices the rights that the person has and may give to a token
 * @param made a token made just now, shown this once, or null
 * @param days lifetimes to choose from
 */
public record TokensPage(
        List<Line> tokens,
        List<Choice> choices,
        List<Integer> days,
        Form form,
        @Nullable String made,
        FormErrors errors) {

    /** @param used « 24 novembre », or null if never */
    public record Line(
            long id,
            String label,
            List<String> rights,
            String created,
            String until,
            @Nullable String used) {}

    public record Choice(String right, String words) {}

    public record Form(String label, Set<String> rights, int days) {}
}
