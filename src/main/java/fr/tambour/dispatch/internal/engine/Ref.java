package fr.tambour.dispatch.internal.engine;

import java.util.Comparator;

/** Which dispatch. */
public record Ref(long town, long dispatch) implements Comparable<Ref> {

    @Override
    public int compareTo(Ref other) {
        return Comparator.comparingLong(Ref::town)
                .thenComparingLong(Ref::dispatch)
                .compare(this, other);
    }
}
