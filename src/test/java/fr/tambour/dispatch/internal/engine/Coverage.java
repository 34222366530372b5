package fr.tambour.dispatch.internal.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How often each fault and each transition occurred, and in how many runs each two of them did. */
final class Coverage {

    private final Map<String, Long> counts = new TreeMap<>();

    /** Which row and column of the pairs each name has. */
    private final Map<String, Integer> places = new HashMap<>();

    private long[][] pairs = new long[0][0];

    void saw(String happening) {
        counts.merge(happening, 1L, Long::sum);
    }

    /** Takes in what one run saw. */
    synchronized void add(Coverage run) {
        run.counts.forEach((name, count) -> counts.merge(name, count, Long::sum));
        int[] seen = run.counts.keySet().stream().mapToInt(this::place).toArray();
        for (int one : seen) {
            for (int other : seen) {
                pairs[one][other]++;
            }
        }
    }

    private int place(String name) {
        return places.computeIfAbsent(name, added -> {
            int count = pairs.length + 1;
            pairs = Arrays.copyOf(pairs, count);
            for (int row = 0; row < count; row++) {
                pairs[row] = row == count - 1 ? new long[count] : Arrays.copyOf(pairs[row], count);
            }
            return count - 1;
        });
    }

    private long met(String one, String other) {
        Integer row = places.get(one);
        Integer column = places.get(other);
        return row == null || column == null ? 0 : pairs[row][column];
    }

    /** What occurred, by its names. */
    Set<String> seen() {
        return Collections.unmodifiableSet(counts.keySet());
    }

    /** How often each of these happenings occurred, and in how many runs each two of them did: those that never did as well. */
    SequencedMap<String, Long> of(List<String> wanted) {
        SequencedMap<String, Long> all = new LinkedHashMap<>();
        List<String> sorted = new ArrayList<>(new TreeSet<>(wanted));
        sorted.forEach(name -> all.put(name, counts.getOrDefault(name, 0L)));
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = i + 1; j < sorted.size(); j++) {
                all.put(sorted.get(i) + " + " + sorted.get(j), met(sorted.get(i), sorted.get(j)));
            }
        }
        return all;
    }

    static String table(Map<String, Long> counted) {
        StringBuilder table = new StringBuilder();
        counted.forEach((name, count) -> table.append("%12d  %s%n".formatted(count, name)));
        return table.toString();
    }

    /** How often each happening occurred, and the rarest of these. */
    String summary(Map<String, Long> counted) {
        StringBuilder rarest = new StringBuilder();
        counted.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(10)
                .forEach(each -> rarest.append("%12d  runs with %s%n".formatted(each.getValue(), each.getKey())));
        return table(counts) + rarest;
    }
}
