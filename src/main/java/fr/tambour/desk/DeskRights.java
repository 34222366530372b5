package fr.tambour.desk;

import fr.tambour.people.FilePlace;
import fr.tambour.people.Right;
import fr.tambour.people.Role;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The right of this room. */
@Configuration(proxyBeanMethods = false)
public class DeskRights {

    /** Changing the town's name, hosts, colours, lists and approval policy. */
    public static final Right SETTINGS = new Right("town:settings", Role.ADMINISTRATOR);

    @Bean
    FilePlace arms() {
        return new FilePlace(Pattern.compile("/studio/ville"), SETTINGS);
    }

    @Bean
    Right settingsRight() {
        return SETTINGS;
    }
}
