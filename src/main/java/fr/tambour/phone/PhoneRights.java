package fr.tambour.phone;

import fr.tambour.people.Right;
import fr.tambour.people.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The right of this room. */
@Configuration(proxyBeanMethods = false)
public class PhoneRights {

    /** Seeing how many phones are told. */
    public static final Right READ =
            new Right("phones:read", Role.AUTHOR, Role.APPROVER, Role.MODERATOR, Role.ADMINISTRATOR);

    @Bean
    Right phonesRight() {
        return READ;
    }
}
