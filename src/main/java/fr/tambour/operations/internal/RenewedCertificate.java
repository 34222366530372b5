package fr.tambour.operations.internal;

import java.util.Arrays;
import java.util.Objects;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Serves a renewed certificate without a restart: Spring Boot watches the files, but tells Tomcat and Netty only. Asked
 * at run time, not by a condition: the distribution's beans are chosen when it is built.
 */
@Configuration(proxyBeanMethods = false)
class RenewedCertificate {

    private static final Logger log = LoggerFactory.getLogger(RenewedCertificate.class);

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> renewal(
            SslBundles bundles, @Value("${server.ssl.bundle:}") String used) {
        return factory -> {
            if (!used.isEmpty()) {
                factory.addServerCustomizers(
                        server -> bundles.addBundleUpdateHandler(used, bundle -> serve(bundle, server)));
            }
        };
    }

    private static void serve(SslBundle bundle, Server server) {
        Arrays.stream(server.getConnectors())
                .map(connector -> connector.getConnectionFactory(SslConnectionFactory.class))
                .filter(Objects::nonNull)
                .forEach(factory -> serve(bundle, factory.getSslContextFactory()));
    }

    private static void serve(SslBundle bundle, SslContextFactory.Server context) {
        try {
            context.reload(changed -> {
                changed.setKeyStore(bundle.getStores().getKeyStore());
                changed.setKeyStorePassword(bundle.getStores().getKeyStorePassword());
            });
            log.info("The certificate was renewed: new connections get it");
        } catch (Exception e) {
            log.error("The changed certificate cannot be used: the former one is served on", e);
        }
    }
}
