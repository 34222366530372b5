package fr.tambour.desk.internal;

import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The form that says who approves what. */
public final class Policies {

    /** Those that a town decides; an emergency is always released by one authorised person. */
    public static final List<Kind> DECIDED = List.of(Kind.NEWS, Kind.EVENT, Kind.PRACTICAL);

    private Policies() {}

    /** The more careful of the two where nothing was said. */
    public static Map<Kind, ApprovalPolicy> chosen(Map<String, String> form) {
        Map<Kind, ApprovalPolicy> policies = new EnumMap<>(Kind.class);
        policies.put(Kind.EMERGENCY, ApprovalPolicy.SINGLE);
        for (Kind kind : DECIDED) {
            boolean single = ApprovalPolicy.SINGLE.name().equals(form.get(field(kind)));
            policies.put(kind, single ? ApprovalPolicy.SINGLE : ApprovalPolicy.FOUR_EYES);
        }
        return policies;
    }

    /** Name of a kind's field. */
    public static String field(Kind kind) {
        return "policy-" + kind.name();
    }
}
