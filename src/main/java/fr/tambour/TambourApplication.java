package fr.tambour;

import fr.tambour.operations.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** Starts Tambour (`demo` starts its demonstration), or gives it a command. */
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class TambourApplication {

    public static void main(String[] args) {
        if (Commands.areIn(args)) {
            System.exit(Commands.run(args, TambourApplication::standIn));
        }
        SpringApplication.run(TambourApplication.class, Commands.settings(args));
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
