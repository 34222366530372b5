package fr.tambour;

import fr.tambour.operations.ClassCache;
import fr.tambour.operations.Commands;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.GenericApplicationListener;

/** Starts Tambour (`demo` starts its demonstration), or gives it a command. */
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class TambourApplication {

    public static void main(String[] args) {
        if (Commands.areIn(args)) {
            System.exit(Commands.run(args, TambourApplication::standIn));
        }
        SpringApplication application = new SpringApplication(TambourApplication.class);
        application.setLazyInitialization(true);
        application.addListeners(GenericApplicationListener.forEventType(
                ApplicationStartedEvent.class, started -> complete(started.getApplicationContext())));
        ClassCache.started(application.run(Commands.settings(args)));
    }

    /**
     * What parts there are is settled once all that may change it has run, and not only when the server has been made: what
     * goes into a part is looked up by its type, and until then each such look goes over all parts there are.
     */
    @Bean
    static BeanFactoryPostProcessor settled() {
        return ConfigurableListableBeanFactory::freezeConfiguration;
    }

    /** When building as well: at a start nothing of it is left to do. */
    @Bean
    static BeanDefinitionRegistryPostProcessor lean() {
        return LeanParts::make;
    }

    /**
     * The first answers do not wait for what they do not need: that is made right after the server listens. What cannot be
     * made still ends the start, with the same sentence.
     */
    public static void complete(ConfigurableApplicationContext context) {
        ConfigurableListableBeanFactory parts = context.getBeanFactory();
        for (String name : parts.getBeanDefinitionNames()) {
            BeanDefinition part = parts.getMergedBeanDefinition(name);
            if (!context.isActive()) {
                // Told to stop meanwhile.
                return;
            }
            if (part.isSingleton() && !part.isAbstract() && parts.findAnnotationOnBean(name, Lazy.class) == null) {
                parts.getBean(name);
            }
        }
    }

    /** The application without ports and timers, of which only what a command needs comes to life. */
    static ConfigurableApplicationContext standIn(String... args) {
        return new SpringApplicationBuilder(TambourApplication.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .logStartupInfo(false)
                .properties("logging.level.root=WARN", "logging.threshold.console=ERROR")
                .run(args);
    }
}
