package fr.tambour.notice;

import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.util.Map;

/**
 * The town's policy per kind: four eyes where it has said nothing. An emergency is always released by one authorised
 * person.
 */
public interface ApprovalPolicies {

    ApprovalPolicy of(TownId town, Kind kind);

    /** Of every kind. */
    Map<Kind, ApprovalPolicy> of(TownId town);

    /**
     * Sets the policy of one kind.
     *
     * @throws Refusal 422 {@code notice.policy.emergency} for EMERGENCY and anything but SINGLE
     */
    void set(TownId town, Kind kind, ApprovalPolicy policy);
}
