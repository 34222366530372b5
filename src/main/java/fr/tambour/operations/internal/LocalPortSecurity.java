package fr.tambour.operations.internal;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The local port knows no persons: health and metrics are for whoever reaches it, commands for whoever can read the
 * data folder's secret. There is no cookie that a browser could be made to send.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class LocalPortSecurity {

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain localPortChain(HttpSecurity http, Environment environment) {
        return http.securityMatcher(request -> {
                    Integer port = environment.getProperty("local.management.port", Integer.class);
                    return port != null && request.getLocalPort() == port;
                })
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }
}
