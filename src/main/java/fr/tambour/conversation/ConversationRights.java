package fr.tambour.conversation;

import fr.tambour.people.FilePlace;
import fr.tambour.people.Right;
import fr.tambour.people.Role;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rights of this room. */
@Configuration(proxyBeanMethods = false)
public class ConversationRights {

    /** Reading what comes back. */
    public static final Right READ = new Right("conversations:read", Role.APPROVER, Role.MODERATOR, Role.ADMINISTRATOR);

    /** Answering in the town's name. */
    public static final Right ANSWER = new Right("conversations:answer", Role.APPROVER, Role.MODERATOR);

    /** Assigning, settling, hiding, blocking. */
    public static final Right MODERATE = new Right("conversations:moderate", Role.MODERATOR, Role.ADMINISTRATOR);

    /** Whether a second person releases answers, and which words are pointed out. */
    public static final Right SETTINGS = new Right("conversations:settings", Role.ADMINISTRATOR);

    @Bean
    FilePlace conversationLists() {
        return new FilePlace(Pattern.compile("/studio/echanges/blocages"), MODERATE);
    }

    @Bean
    Right conversationsRead() {
        return READ;
    }

    @Bean
    Right conversationsAnswer() {
        return ANSWER;
    }

    @Bean
    Right conversationsModerate() {
        return MODERATE;
    }

    @Bean
    Right conversationsSettings() {
        return SETTINGS;
    }
}
