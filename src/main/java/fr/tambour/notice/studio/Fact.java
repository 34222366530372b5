package fr.tambour.notice.studio;

import java.util.List;

/**
 * One thing that a notice says, in words.
 *
 * @param key names it, the same in every version of a notice: {@code title.fr}
 * @param parts the parts of the form that hold it
 * @param label what it is called
 * @param text what it says; never empty
 */
public record Fact(String key, List<String> parts, String label, String text) {}
