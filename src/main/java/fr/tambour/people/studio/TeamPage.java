package fr.tambour.people.studio;

import fr.tambour.people.Membership;
import fr.tambour.people.Role;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * @param former those who left and whose name is still kept
 * @param invited who has not come yet
 * @param me id of who looks at the page
 * @param link made just now, or null
 * @param form the invitation as it was entered
 */
public record TeamPage(
        List<Member> members,
        List<Membership> former,
        List<Invited> invited,
        long me,
        @Nullable MadeLink link,
        Form form,
        FormErrors errors) {

    /** @param since « 24 novembre 2026 » */
    public record Member(
            long id, String name, String email, String initials, Set<Role> roles, String since, boolean me) {}

    /** @param until « 1ᵉʳ décembre à 9 h 30 » */
    public record Invited(long id, String email, Set<Role> roles, String by, String until) {}

    /**
     * @param heading what the link is for
     * @param address shown this once
     * @param mail what became of the message, or null where no mail server is set
     */
    public record MadeLink(
            String heading,
            String text,
            String address,
            @Nullable String mail) {}

    public record Form(String email, Set<Role> roles) {
        static final Form EMPTY = new Form("", Set.of(Role.AUTHOR));
    }
}
