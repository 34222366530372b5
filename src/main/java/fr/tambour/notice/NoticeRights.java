package fr.tambour.notice;

import fr.tambour.people.Right;
import fr.tambour.people.Role;
import java.util.Set;

/** What one may be allowed to do to notices. */
public final class NoticeRights {

    public static final Right READ =
            new Right("notices:read", Set.of(Role.AUTHOR, Role.APPROVER, Role.MODERATOR, Role.ADMINISTRATOR));
    public static final Right WRITE =
            new Right("notices:write", Set.of(Role.AUTHOR, Role.APPROVER, Role.ADMINISTRATOR));
    public static final Right APPROVE = new Right("notices:approve", Set.of(Role.APPROVER));
    public static final Right PUBLISH = new Right("notices:publish", Set.of(Role.APPROVER));
    public static final Right WITHDRAW = new Right("notices:withdraw", Set.of(Role.APPROVER));
    public static final Right EMERGENCY = new Right("notices:emergency", Set.of(Role.APPROVER));

    private NoticeRights() {}
}
