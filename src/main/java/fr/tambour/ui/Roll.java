package fr.tambour.ui;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.List;

/**
 * The roll: seven sticks, one per channel (site, feeds, phones, fediverse, letter, screens, journal). Their heights are fixed, their shape tells the
 * state. Either the sentence is given as its label, or it stands beside it and the roll is hidden from readers.
 *
 * @param sticks exactly seven
 * @param label a full sentence, or empty where it stands beside the roll
 */
public record Roll(List<Stick> sticks, String label) {

    public enum Stick {
        /** Accepted by the channel. */
        ACCEPTED,
        /** Still to come. */
        WAITING,
        FAILED,
        /** Not chosen for this notice. */
        OFF
    }

    private static final boolean[] TALL = {true, false, true, false, false, true, false};

    public Roll {
        sticks = List.copyOf(sticks);
        if (sticks.size() != TALL.length) {
            throw new IllegalArgumentException("A roll has seven sticks, not " + sticks.size());
        }
    }

    /** The drawing inside the {@code svg} element, in a box of 48 by 24. */
    public Content drawing() {
        return output -> {
            for (int i = 0; i < TALL.length; i++) {
                draw(output, sticks.get(i), 1 + 7 * i, TALL[i]);
            }
        };
    }

    private static void draw(TemplateOutput output, Stick stick, int x, boolean tall) {
        output.writeContent(
                switch (stick) {
                    case ACCEPTED ->
                        "<rect class=\"ok\" x=\"%d\" y=\"%d\" width=\"4\" height=\"%d\"/>"
                                .formatted(x, tall ? 2 : 9, tall ? 20 : 13);
                    case WAITING ->
                        "<rect class=\"wait\" x=\"%d.7\" y=\"%s\" width=\"2.6\" height=\"%s\"/>"
                                .formatted(x, tall ? "2.7" : "9.7", tall ? "18.6" : "11.6");
                    case FAILED ->
                        "<path class=\"fail\" d=\"M%1$d 22v-7l4-3v10zM%1$d 11V%2$dh4v%3$dz\"/>"
                                .formatted(x, tall ? 2 : 9, tall ? 6 : 1);
                    case OFF -> "<circle class=\"off\" cx=\"%d\" cy=\"20.4\" r=\"1.5\"/>".formatted(x + 2);
                });
    }
}
