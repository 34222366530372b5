package fr.tambour.phone.internal;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Audience.Dropped;
import fr.tambour.notice.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The same as {@link Audience#includes}, said to the database; {@code PhoneChannelTest} holds them to each other.
 *
 * @param condition what follows a condition on rows of {@code phone}
 * @param chosen its parameters, by name
 */
record Meant(String condition, Map<String, Object> chosen) {

    static final Meant ALL = new Meant("", Map.of());

    static Meant by(Audience audience) {
        StringBuilder condition = new StringBuilder();
        Map<String, Object> chosen = new LinkedHashMap<>();
        Dropped dropped = audience.dropped();
        boolean alert = audience.kind() == Kind.EMERGENCY;
        if (!alert) {
            meet(condition, chosen, "kinds", Set.of(audience.kind().name()), Set.of(), false);
            meet(condition, chosen, "themes", audience.themes(), dropped.themes(), false);
        }
        meet(condition, chosen, "districts", audience.districts(), dropped.districts(), alert);
        if (audience.exercise()) {
            condition.append(" AND exercises = 1");
        }
        return new Meant(condition.toString(), chosen);
    }

    /**
     * Whoever chose one of these, or nothing in this column, or nothing but what is dropped; nothing is asked where the notice
     * has none.
     *
     * @param oneSuffices whether to have chosen anything that is dropped is enough
     */
    private static void meet(
            StringBuilder condition,
            Map<String, Object> chosen,
            String column,
            Set<?> ofNotice,
            Set<Long> dropped,
            boolean oneSuffices) {
        if (ofNotice.isEmpty()) {
            return;
        }
        condition.append(" AND (").append(column).append(" = ''");
        ofNotice.forEach(one -> condition.append(" OR ").append(has(chosen, column, one)));
        if (!dropped.isEmpty()) {
            // Most chose one: whether it is dropped is a single look, however many are.
            String only = name(chosen, dropped.stream().map(String::valueOf).toList());
            condition.append(" OR ").append(column).append(" IN (").append(only).append(") OR ");
            condition.append(column).append(" LIKE '%,%' AND (");
            condition.append(oneSuffices ? any(chosen, column, dropped) : all(chosen, column, dropped));
            condition.append(')');
        }
        condition.append(')');
    }

    private static String any(Map<String, Object> chosen, String column, Set<Long> dropped) {
        return dropped.stream().map(one -> has(chosen, column, one)).collect(Collectors.joining(" OR "));
    }

    /** Each id has its comma: if those that are dropped are as long as the whole list, there is no other. */
    private static String all(Map<String, Object> chosen, String column, Set<Long> dropped) {
        return dropped.stream()
                .map(one -> "CASE WHEN " + has(chosen, column, one) + " THEN "
                        + (one.toString().length() + 1) + " ELSE 0 END")
                .collect(Collectors.joining(" + ", "length(" + column + ") + 1 = ", ""));
    }

    private static String has(Map<String, Object> chosen, String column, Object one) {
        return "',' || " + column + " || ',' LIKE " + name(chosen, "%," + one + ",%");
    }

    private static String name(Map<String, Object> chosen, Object value) {
        String name = "chosen" + chosen.size();
        chosen.put(name, value);
        return ":" + name;
    }
}
