package fr.tambour.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Many things, some at a time: a statement takes no more than so many parameters, and a transaction should not last. */
public final class Batches {

    private Batches() {}

    /**
     * In their order; none is empty.
     *
     * @param most things in one of them, at least 1
     */
    public static <T> List<List<T>> of(Collection<T> all, int most) {
        List<T> list = List.copyOf(all);
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < list.size(); from += most) {
            batches.add(list.subList(from, Math.min(list.size(), from + most)));
        }
        return batches;
    }
}
