package fr.tambour.dispatch.internal.engine;

/** One seed of the simulation, for whoever knows its name only. */
public final class OneRun {

    private OneRun() {}

    /** What was wrong; empty where nothing was. */
    public static String complaint(long seed) {
        try {
            new World(seed).run();
            return "";
        } catch (AssertionError | RuntimeException e) {
            return e.toString();
        }
    }
}
