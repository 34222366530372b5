package fr.tambour.website;

import fr.tambour.people.Right;
import fr.tambour.people.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The right of this room. */
@Configuration(proxyBeanMethods = false)
public class WebsiteRights {

    /** Writing the town's own words on the standing pages. */
    public static final Right PAGES = new Right("site:pages", Role.ADMINISTRATOR);

    @Bean
    Right pagesRight() {
        return PAGES;
    }
}
