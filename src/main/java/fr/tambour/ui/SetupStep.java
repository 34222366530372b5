package fr.tambour.ui;

import java.util.List;

/**
 * Something to do before the town is well set up, listed on the studio's home until it is done.
 *
 * @param text why, in one sentence
 */
public record SetupStep(int order, String heading, String text, String href, boolean done) {

    public interface Provider {
        List<SetupStep> steps(Scope scope);
    }
}
