package fr.tambour.notice.studio;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What buttons inside the form do to it before it is saved, so that they work without a script. */
final class FormActs {

    private FormActs() {}

    static void apply(FormFields form, String act) {
        int colon = act.indexOf(':');
        if (colon < 0) {
            return;
        }
        String subject = act.substring(colon + 1);
        switch (act.substring(0, colon)) {
            case "up" -> move(form, subject, -1);
            case "down" -> move(form, subject, 1);
            case "drop" -> form.values().computeIfPresent("picture", (name, all) -> without(all, subject));
            case "derive" -> form.values().remove("edited." + subject);
            default -> {}
        }
    }

    private static void move(FormFields form, String hash, int by) {
        List<String> order = new ArrayList<>(form.all("picture"));
        int from = order.indexOf(hash);
        int to = from + by;
        if (from >= 0 && to >= 0 && to < order.size()) {
            Collections.swap(order, from, to);
            form.values().put("picture", order);
        }
    }

    private static List<String> without(List<String> all, String one) {
        return new ArrayList<>(all.stream().filter(value -> !value.equals(one)).toList());
    }

    /** Replaces in {@code form} what holds these facts by what {@code theirs} says. */
    static void take(FormFields form, FormFields theirs, List<Fact> facts) {
        for (Fact fact : facts) {
            for (String part : fact.parts()) {
                form.part(part).keySet().forEach(form.values()::remove);
                form.values().putAll(theirs.part(part));
            }
        }
    }
}
