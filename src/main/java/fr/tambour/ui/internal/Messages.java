package fr.tambour.ui.internal;

import fr.tambour.ui.Words;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Finds the bundles of all modules: {@code fr/tambour/<module>/…/messages_<language>.properties}. */
@Configuration(proxyBeanMethods = false)
class Messages {

    @Bean
    MessageSource messageSource() throws IOException {
        Resource[] french = new PathMatchingResourcePatternResolver()
                .getResources("classpath*:fr/tambour/**/messages_fr.properties");
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasenames(Arrays.stream(french)
                .map(Messages::baseName)
                .distinct()
                .sorted()
                .toArray(String[]::new));
        messages.setDefaultEncoding("UTF-8");
        messages.setDefaultLocale(Locale.FRENCH);
        messages.setAlwaysUseMessageFormat(true);
        return messages;
    }

    @Bean
    Words words(MessageSource messages) {
        return new Words(messages, Locale.FRENCH);
    }

    private static String baseName(Resource bundle) {
        try {
            String path = bundle.getURL().toString();
            return path.substring(path.lastIndexOf("fr/tambour/"), path.length() - "_fr.properties".length());
        } catch (IOException e) {
            throw new IllegalStateException("Cannot tell which module " + bundle + " belongs to", e);
        }
    }
}
