package fr.tambour.dispatch.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** How often each fault and each transition occurred, and in how many runs each two of them did. */
final class Coverage {

    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Long> pairs = new TreeMap<>();

    void saw(String happening) {
        counts.merge(happening, 1L, Long::sum);
    }

    /** Takes in what one run saw. */
    synchronized void add(Coverage run) {
        run.counts.forEach((name, count) -> counts.merge(name, count, Long::sum));
        List<String> names = new ArrayList<>(run.counts.keySet());
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                pairs.merge(names.get(i) + " + " + names.get(j), 1L, Long::sum);
            }
        }
    }

    boolean saw(List<String> any) {
        return any.stream().anyMatch(counts::containsKey);
    }

    /** Of these happenings, and of their pairs, those that never occurred. */
    List<String> missing(List<String> wanted) {
        List<String> missing = new ArrayList<>();
        List<String> sorted = new ArrayList<>(new TreeSet<>(wanted));
        for (int i = 0; i < sorted.size(); i++) {
            if (!counts.containsKey(sorted.get(i))) {
                missing.add(sorted.get(i));
            }
            for (int j = i + 1; j < sorted.size(); j++) {
                String pair = sorted.get(i) + " + " + sorted.get(j);
                if (!pairs.containsKey(pair)) {
                    missing.add(pair);
                }
            }
        }
        return missing;
    }

    String table() {
        StringBuilder table = new StringBuilder();
        counts.forEach((name, count) -> table.append("%12d  %s%n".formatted(count, name)));
        pairs.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(10)
                .forEach(pair -> table.append("%12d  runs with %s%n".formatted(pair.getValue(), pair.getKey())));
        return table.toString();
    }
}
