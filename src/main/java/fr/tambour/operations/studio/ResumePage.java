package fr.tambour.operations.studio;

import java.util.List;

/**
 * What would go out by itself, were it not paused.
 *
 * @param paused whether it is
 * @param since since when, in words
 * @param overdue what would have gone out meanwhile
 * @param ahead what is still to come
 * @param held what was under way in the backup, and goes on when it is resumed
 * @param decides whether who reads may publish, and so decide
 */
public record ResumePage(
        boolean paused, String since, List<Line> overdue, List<Line> ahead, List<Line> held, boolean decides) {

    /**
     * @param title of the notice
     * @param when its time, in words, or how many are left since when
     * @param href its page in the studio
     */
    public record Line(String ref, String title, String when, String href) {}
}
