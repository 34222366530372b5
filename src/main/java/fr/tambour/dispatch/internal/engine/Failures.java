package fr.tambour.dispatch.internal.engine;

import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Why recipients failed: how many, by a short word ({@code 413}, {@code unreachable}). However many words there are, there
 * is an end to what is kept of them: the rarest become one.
 */
public record Failures(SortedMap<String, Long> byReason) {

    /** What nobody has said: what was counted before reasons were. */
    public static final String UNSAID = "unsaid";

    public static final Failures NONE = new Failures(new TreeMap<>());

    private static final int MOST = 12;
    private static final int LONGEST = 32;
    private static final String OTHERS = "others";

    public Failures {
        byReason = Collections.unmodifiableSortedMap(new TreeMap<>(byReason));
    }

    static Failures one(String reason) {
        return new Failures(new TreeMap<>(Map.of(word(reason), 1L)));
    }

    /** What stands behind a colon may name a recipient's own service: it is not kept. */
    private static String word(String reason) {
        String plain =
                reason.toLowerCase(Locale.ROOT).replaceFirst("(?s):.*", "").replaceAll("[^a-z0-9]+", "-");
        String word = plain.substring(0, Math.min(LONGEST, plain.length())).replaceAll("^-|-$", "");
        return word.isEmpty() ? UNSAID : word;
    }

    /**
     * @param text as {@link #text} writes it
     * @param count how many there are in all: those without a reason were counted before reasons were
     */
    public static Failures of(String text, long count) {
        if (text.isEmpty() && count == 0) {
            return NONE;
        }
        SortedMap<String, Long> byReason = new TreeMap<>();
        if (!text.isEmpty()) {
            for (String each : text.split(" ")) {
                int equals = each.indexOf('=');
                byReason.put(each.substring(0, equals), Long.valueOf(each.substring(equals + 1)));
            }
        }
        long unsaid = count - new Failures(byReason).count();
        if (unsaid > 0) {
            byReason.merge(UNSAID, unsaid, Long::sum);
        }
        return new Failures(byReason);
    }

    /** {@code 403=2 413=17} */
    public String text() {
        return byReason.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }

    public Failures plus(Failures more) {
        if (more.byReason.isEmpty()) {
            return this;
        }
        SortedMap<String, Long> sum = new TreeMap<>(byReason);
        more.byReason.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        while (sum.size() > MOST) {
            String rarest = Collections.min(
                            sum.entrySet().stream()
                                    .filter(each -> !each.getKey().equals(OTHERS))
                                    .toList(),
                            Comparator.comparing(Map.Entry<String, Long>::getValue)
                                    .thenComparing(Map.Entry::getKey))
                    .getKey();
            sum.merge(OTHERS, sum.remove(rarest), Long::sum);
        }
        return new Failures(sum);
    }

    /** All of them. */
    public long count() {
        return byReason.values().stream().mapToLong(Long::longValue).sum();
    }
}
