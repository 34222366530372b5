package fr.tambour.dispatch.internal.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
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

    /** How often each of these happenings occurred, and in how many runs each two of them did: those that never did as well. */
    SequencedMap<String, Long> of(List<String> wanted) {
        SequencedMap<String, Long> all = new LinkedHashMap<>();
        List<String> sorted = new ArrayList<>(new TreeSet<>(wanted));
        sorted.forEach(name -> all.put(name, counts.getOrDefault(name, 0L)));
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = i + 1; j < sorted.size(); j++) {
                String pair = sorted.get(i) + " + " + sorted.get(j);
                all.put(pair, pairs.getOrDefault(pair, 0L));
            }
        }
        return all;
    }

    static String table(Map<String, Long> counted) {
        StringBuilder table = new StringBuilder();
        counted.forEach((name, count) -> table.append("%12d  %s%n".formatted(count, name)));
        return table.toString();
    }

    /** How often each happening occurred, wanted or not, and the rarest of these. */
    String summary(Map<String, Long> counted) {
        StringBuilder rarest = new StringBuilder();
        counted.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(10)
                .forEach(each -> rarest.append("%12d  runs with %s%n".formatted(each.getValue(), each.getKey())));
        return table(counts) + rarest;
    }
}
