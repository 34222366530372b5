package fr.tambour.testing;

import fr.tambour.TambourApplication;
import fr.tambour.storage.Dialect;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Primary;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.util.ClassUtils;

/**
 * The whole application in this JVM, on a free port, with a clock that the test moves.
 *
 * <pre>
 * try (TambourServer tambour = TambourServer.start(Dialect.SQLITE)) {
 *     tambour.url("/")
 * </pre>
 */
public final class TambourServer implements AutoCloseable {

    /** Whether the class path has what packaging finds out about all beans, as in `./check`: starts are a third shorter. */
    private static final boolean PREPARED =
            ClassUtils.isPresent(TambourApplication.class.getName() + "__ApplicationContextInitializer", null);

    /** For tests that want it: a server of its own, which takes an eighth of a start. */
    public static final String LOCAL_PORT = "--management.server.port=0";

    private final DataFolder folder;
    private final ConfigurableApplicationContext context;

    private TambourServer(DataFolder folder, ConfigurableApplicationContext context) {
        this.folder = folder;
        this.context = context;
    }

    /** Over a fresh, migrated database. Properties as `--name=value`. */
    public static TambourServer start(Dialect dialect, String... properties) {
        return start(Engines.folder(dialect), properties);
    }

    /** As {@link #start(Dialect, String...)}, with what only tests have on the class path: packaging knew nothing of it. */
    public static TambourServer unprepared(Dialect dialect, String... properties) {
        return start(
                Engines.folder(dialect),
                new SpringApplicationBuilder().initializers(TambourServer::stopTheClock),
                false,
                properties);
    }

    /** As {@link #start(Dialect, String...)}, with a bean of the test's in place of the application's where it is primary, or beside them. */
    public static <T> TambourServer with(Class<T> bean, Dialect dialect, String... properties) {
        SpringApplicationBuilder builder = new SpringApplicationBuilder()
                .initializers(
                        TambourServer::stopTheClock,
                        context -> ((GenericApplicationContext) context)
                                .registerBean(
                                        bean,
                                        definition -> definition.setPrimary(bean.isAnnotationPresent(Primary.class))));
        return start(Engines.folder(dialect), builder, PREPARED, properties);
    }

    /** Over what an earlier server left. */
    public static TambourServer start(DataFolder folder, String... properties) {
        return start(
                folder, new SpringApplicationBuilder().initializers(TambourServer::stopTheClock), PREPARED, properties);
    }

    /** With the demonstration town, whose past is told on a clock of its own: this one is not moved. */
    public static TambourServer demonstration(Dialect dialect) {
        return start(
                Engines.empty(dialect),
                new SpringApplicationBuilder().initializers(TambourServer::hashQuickly),
                PREPARED,
                "--tambour.demo=true");
    }

    private static synchronized TambourServer start(
            DataFolder folder, SpringApplicationBuilder builder, boolean prepared, String... properties) {
        List<String> arguments = new ArrayList<>(folder.arguments());
        arguments.add("--tambour.port=0");
        arguments.addAll(List.of(properties));
        if (!arguments.contains(LOCAL_PORT)) {
            arguments.add(LOCAL_PORT);
            builder.initializers(context -> context.addBeanFactoryPostProcessor(TambourServer::openNoLocalPort));
        }
        builder.main(TambourApplication.class)
                .sources(TambourApplication.class)
                .logStartupInfo(false)
                .contextFactory(type -> prepared
                        ? new ServletWebServerApplicationContext(new TypedParts())
                        : new AnnotationConfigServletWebServerApplicationContext(new TypedParts()));
        SpringProperties.setProperty(AotDetector.AOT_ENABLED, Boolean.toString(prepared));
        try {
            ConfigurableApplicationContext context = builder.run(arguments.toArray(String[]::new));
            TambourApplication.complete(context);
            return new TambourServer(folder, context);
        } finally {
            // Other applications of this JVM, commands among them, are not prepared.
            SpringProperties.setProperty(AotDetector.AOT_ENABLED, null);
        }
    }

    private static void openNoLocalPort(ConfigurableListableBeanFactory parts) {
        ((BeanDefinitionRegistry) parts).removeBeanDefinition("childManagementContextInitializer");
    }

    /** As securely as bcrypt does at its quickest: what passwords are worth is looked at apart. */
    private static void hashQuickly(ConfigurableApplicationContext context) {
        ((GenericApplicationContext) context)
                .registerBean(BCryptPasswordEncoder.class, () -> new BCryptPasswordEncoder(4));
    }

    private static void stopTheClock(ConfigurableApplicationContext context) {
        hashQuickly(context);
        ((GenericApplicationContext) context)
                .registerBean("testClock", TestClock.class, definition -> definition.setPrimary(true));
    }

    public int port() {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
    }

    /** Where it was started with {@link #LOCAL_PORT}. */
    public int managementPort() {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty("local.management.port")));
    }

    /** An address on `localhost`, which shows the only town, or a chooser. */
    public URI url(String path) {
        return URI.create("http://localhost:" + port() + path);
    }

    /** An address of one town, whatever other towns there are. */
    public URI url(String slug, String path) {
        return URI.create("http://" + slug + ".localhost:" + port() + path);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public TestClock clock() {
        return bean(TestClock.class);
    }

    public DataFolder folder() {
        return folder;
    }

    /** Stops it; the folder stays, so that a test can start again on it. */
    @Override
    public void close() {
        context.close();
    }
}
