package fr.tambour.phone.internal;

import fr.tambour.dispatch.Audience;
import fr.tambour.notice.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        if (audience.kind() != Kind.EMERGENCY) {
            meet(condition, chosen, "kinds", List.of(audience.kind().name()));
            meet(condition, chosen, "themes", audience.themes());
        }
        meet(condition, chosen, "districts", audience.districts());
        if (audience.exercise()) {
            condition.append(" AND exercises = 1");
        }
        return new Meant(condition.toString(), chosen);
    }

    /** Whoever chose one of these, or nothing in this column; nothing is asked where the notice has none. */
    private static void meet(
            StringBuilder condition, Map<String, Object> chosen, String column, Collection<?> ofNotice) {
        if (ofNotice.isEmpty()) {
            return;
        }
        condition.append(" AND (").append(column).append(" = ''");
        for (Object one : ofNotice) {
            String name = "chosen" + chosen.size();
            condition
                    .append(" OR ',' || ")
                    .append(column)
                    .append(" || ',' LIKE :")
                    .append(name);
            chosen.put(name, "%," + one + ",%");
        }
        condition.append(')');
    }
}
