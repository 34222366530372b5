package fr.tambour.operations.internal;

import fr.tambour.storage.SettingsRefused;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Says in Spring Boot's words what Tambour's few settings mean. What is set in Boot's own words wins. */
public class SettingsTranslation implements EnvironmentPostProcessor, Ordered {

    static final String BUNDLE = "tambour";

    private static final String PEM = "spring.ssl.bundle.pem." + BUNDLE + ".";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> translated = new HashMap<>();
        translated.put("management.server.port", environment.getProperty("tambour.management.port", "8081"));
        translated.put("management.server.address", environment.getProperty("tambour.management.address", "127.0.0.1"));
        // BelievedProxy believes two fields where there is a proxy; Boot would believe all, and unasked on some
        // platforms.
        translated.put("server.forward-headers-strategy", "none");
        String certificate = environment.getProperty("tambour.tls.certificate", "");
        String key = environment.getProperty("tambour.tls.key", "");
        if (certificate.isBlank() != key.isBlank()) {
            throw new SettingsRefused(
                    "TAMBOUR_TLS_CERTIFICATE and TAMBOUR_TLS_KEY belong together: set both, or neither.");
        }
        if (!certificate.isBlank()) {
            translated.put("server.ssl.bundle", BUNDLE);
            translated.put(PEM + "reload-on-update", "true");
            translated.put(PEM + "keystore.certificate", "file:" + certificate);
            translated.put(PEM + "keystore.private-key", "file:" + key);
        }
        if (environment.getProperty("tambour.demo", Boolean.class, false)
                && environment.getProperty("tambour.data") == null) {
            translated.put("tambour.data", "demo-data");
        }
        // The disk that fills up is that of the data; Boot would watch that of the folder it was started in.
        translated.put(
                "management.health.diskspace.path",
                environment.getProperty(
                        "tambour.data", String.valueOf(translated.getOrDefault("tambour.data", "data"))));
        environment.getPropertySources().addLast(new MapPropertySource("tambour", translated));
    }

    /** After the configuration files are read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
