package fr.tambour.notice;

import fr.tambour.people.Right;
import fr.tambour.people.Role;
import java.util.Set;

/** What one may be allowed to do to notices. */
public final class NoticeRights {

    /** See drafts, revisions and histories. */
    public static final Right READ =
            new Right("notices:read", Set.of(Role.AUTHOR, Role.APPROVER, Role.MODERATOR, Role.ADMINISTRATOR));
    /** Write, submit, take back, take off the schedule, correct, throw away. */
    public static final Right WRITE =
            new Right("notices:write", Set.of(Role.AUTHOR, Role.APPROVER, Role.ADMINISTRATOR));
    /** Approve, or ask for changes. */
    public static final Right APPROVE = new Right("notices:approve", Set.of(Role.APPROVER));
    /** Release what is approved, now or at a time. */
    public static final Right PUBLISH = new Right("notices:publish", Set.of(Role.APPROVER));
    /** Take back what is published, but for alerts. */
    public static final Right WITHDRAW = new Right("notices:withdraw", Set.of(Role.APPROVER));
    /** Alert: release, correct, prolong and take back emergencies. */
    public static final Right EMERGENCY = new Right("notices:emergency", Set.of(Role.APPROVER));

    private NoticeRights() {}
}
