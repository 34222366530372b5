package fr.tambour.notice.internal;

import fr.tambour.notice.NoticeRights;
import fr.tambour.people.FilePlace;
import fr.tambour.people.Right;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the notices' rights known where roles and tokens are handed out. */
@Configuration(proxyBeanMethods = false)
class RightsConfiguration {

    @Bean
    FilePlace pictures() {
        return new FilePlace(Pattern.compile("/studio/avis/.+|/api/v1/pictures"), NoticeRights.WRITE);
    }

    @Bean
    Right noticesRead() {
        return NoticeRights.READ;
    }

    @Bean
    Right noticesWrite() {
        return NoticeRights.WRITE;
    }

    @Bean
    Right noticesApprove() {
        return NoticeRights.APPROVE;
    }

    @Bean
    Right noticesPublish() {
        return NoticeRights.PUBLISH;
    }

    @Bean
    Right noticesWithdraw() {
        return NoticeRights.WITHDRAW;
    }

    @Bean
    Right noticesEmergency() {
        return NoticeRights.EMERGENCY;
    }
}
