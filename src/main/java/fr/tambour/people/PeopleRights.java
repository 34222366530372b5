package fr.tambour.people;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rights of this room. */
@Configuration(proxyBeanMethods = false)
public class PeopleRights {

    /** Inviting, giving roles, removing. */
    public static final Right MANAGE = new Right("people:manage", Role.ADMINISTRATOR);

    /** Reading the journal. */
    public static final Right AUDIT = new Right("audit:read", Role.ADMINISTRATOR);

    @Bean
    Right peopleManage() {
        return MANAGE;
    }

    @Bean
    Right auditRead() {
        return AUDIT;
    }
}
