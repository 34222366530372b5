package fr.tambour.ui;

/** Groups so small that somebody could be found by their number: it is said that there are some, not how many. */
public final class Few {

    /** From here on they are counted out. */
    public static final int ENOUGH = 10;

    private Few() {}

    public static boolean isFew(long count) {
        return count > 0 && count < ENOUGH;
    }

    /** To the nearest ten: one more or one less does not show whose it was. */
    public static long about(long count) {
        return (count + ENOUGH / 2) / ENOUGH * ENOUGH;
    }
}
