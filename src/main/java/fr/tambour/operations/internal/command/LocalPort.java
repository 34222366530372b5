package fr.tambour.operations.internal.command;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * What the local port answers besides health and metrics. Boot finds it by its `.imports` file; it bears no annotation,
 * or the component scan would open it on the public port as well.
 */
public class LocalPort {

    @Bean
    ServletRegistrationBean<CommandServlet> commands(OpenDoor door, CommandRunner runner) {
        return new ServletRegistrationBean<>(new CommandServlet(door, runner), CommandServlet.PATH);
    }
}
