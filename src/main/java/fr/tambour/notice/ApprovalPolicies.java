package fr.tambour.notice;

import fr.tambour.town.TownId;
import java.util.Map;

/** The town's policy per kind. An emergency is always released by one authorised person. */
public interface ApprovalPolicies {

    ApprovalPolicy of(TownId town, Kind kind);

    Map<Kind, ApprovalPolicy> of(TownId town);

    /** Sets the policy of one kind; setting EMERGENCY to anything but SINGLE is refused. */
    void set(TownId town, Kind kind, ApprovalPolicy policy);
}
