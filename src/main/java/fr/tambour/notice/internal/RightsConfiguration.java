package fr.tambour.notice.internal;

import fr.tambour.notice.NoticeRights;
import fr.tambour.people.Right;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the notices' rights known where roles and tokens are handed out. */
@Configuration(proxyBeanMethods = false)
class RightsConfiguration {

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
