package fr.tambour.operations.internal;

import fr.tambour.operations.OperationsSettings;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Behind a proxy the reader's address and TLS are known from {@code X-Forwarded-For} and {@code X-Forwarded-Proto}, which
 * the proxy writes anew. Spring Boot's own way would also believe {@code Forwarded} (RFC 7239) and six more, which proxies
 * hand on as they came: whoever sent them would choose their address, and be slowed by nothing.
 */
@Configuration(proxyBeanMethods = false)
class BelievedProxy {

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> believed(OperationsSettings settings) {
        return factory -> {
            if (settings.proxy()) {
                factory.addServerCustomizers(server -> server.getContainedBeans(HttpConfiguration.class)
                        .forEach(configuration -> configuration.addCustomizer(twoFieldsAlone())));
            }
        };
    }

    private static ForwardedRequestCustomizer twoFieldsAlone() {
        ForwardedRequestCustomizer believed = new ForwardedRequestCustomizer();
        believed.setForwardedHeader(null);
        believed.setForwardedHostHeader(null);
        believed.setForwardedServerHeader(null);
        believed.setForwardedPortHeader(null);
        believed.setForwardedHttpsHeader(null);
        believed.setForwardedCipherSuiteHeader(null);
        believed.setForwardedSslSessionIdHeader(null);
        return believed;
    }
}
