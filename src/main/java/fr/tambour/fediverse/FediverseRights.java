package fr.tambour.fediverse;

import fr.tambour.people.Right;
import fr.tambour.people.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rights of this room. */
@Configuration(proxyBeanMethods = false)
public class FediverseRights {

    /** How many follow, from where, and what they are told. */
    public static final Right READ =
            new Right("fediverse:read", Role.AUTHOR, Role.APPROVER, Role.MODERATOR, Role.ADMINISTRATOR);

    /** What the account is called. */
    public static final Right SETTINGS = new Right("fediverse:settings", Role.ADMINISTRATOR);

    /** Reposting what others wrote, and what stands first. */
    public static final Right SHARE = new Right("fediverse:share", Role.APPROVER);

    /** Who asks to follow an account that approves: letting them, or not. */
    public static final Right FOLLOWERS = new Right("fediverse:followers", Role.MODERATOR, Role.ADMINISTRATOR);

    @Bean
    Right fediverseFollowersRight() {
        return FOLLOWERS;
    }

    @Bean
    Right fediverseReadRight() {
        return READ;
    }

    @Bean
    Right fediverseSettingsRight() {
        return SETTINGS;
    }

    @Bean
    Right fediverseShareRight() {
        return SHARE;
    }
}
