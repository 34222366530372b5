package fr.tambour.desk.internal;

import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with a form, at the fields where it can be repaired. */
public final class Problems {

    private final Map<String, Problem> byField = new LinkedHashMap<>();

    private record Problem(String key, Object[] args) {}

    /** Keeps the first of a field. */
    public void add(String field, String key, Object... args) {
        byField.putIfAbsent(field, new Problem(key, args));
    }

    public void add(String field, Refusal refusal) {
        add(field, refusal.key(), refusal.args());
    }

    public boolean none() {
        return byField.isEmpty();
    }

    /** The sentences at fields, in the order in which they were found; what is wrong with the whole form has no field. */
    public Map<String, String> atFields(Words words) {
        Map<String, String> sentences = new LinkedHashMap<>();
        byField.forEach((field, problem) -> {
            if (!field.isEmpty()) {
                sentences.put(field, words.get(problem.key(), problem.args()));
            }
        });
        return sentences;
    }

    /** The sentence for a field; null where nothing is wrong with it. */
    public @Nullable String at(String field, Words words) {
        Problem problem = byField.get(field);
        return problem == null ? null : words.get(problem.key(), problem.args());
    }
}
