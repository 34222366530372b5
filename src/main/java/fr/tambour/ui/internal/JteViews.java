package fr.tambour.ui.internal;

import fr.tambour.ui.UiSettings;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.resolve.DirectoryCodeResolver;
import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.ViewResolver;

/** Templates lie beside their controllers; a view name is the path below {@code fr/tambour}: {@code notice/studio/editor}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UiSettings.class)
class JteViews {

    private static final String PACKAGE = "fr.tambour";

    @Bean
    TemplateEngine templateEngine(UiSettings settings) {
        ClassLoader classes = JteViews.class.getClassLoader();
        if (!settings.development()) {
            return TemplateEngine.createPrecompiled(null, ContentType.Html, classes, PACKAGE);
        }
        TemplateEngine engine = TemplateEngine.create(
                new DirectoryCodeResolver(Path.of("src/main/java/fr/tambour")),
                Path.of("target/jte-development"),
                ContentType.Html,
                classes,
                PACKAGE);
        engine.setTrimControlStructures(true);
        return engine;
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ViewResolver jteViewResolver(TemplateEngine engine, FrameSources sources) {
        return (name, locale) -> name.startsWith("redirect:") || name.startsWith("forward:")
                ? null
                : new JteView(engine, sources, name + ".jte");
    }
}
