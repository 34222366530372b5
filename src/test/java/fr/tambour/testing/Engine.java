package fr.tambour.testing;

import fr.tambour.storage.Database;
import fr.tambour.storage.Dialect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Primary;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/** One database, with the pools, the transactions and the clock that the application would have over it. */
public final class Engine implements AutoCloseable {

    private final DataFolder folder;
    private final ConfigurableApplicationContext context;
    private final Map<List<?>, GenericApplicationContext> made = new HashMap<>();

    private Engine(DataFolder folder, ConfigurableApplicationContext context) {
        this.folder = folder;
        this.context = context;
    }

    static Engine over(DataFolder folder, Class<?>... more) {
        Class<?>[] sources =
                Stream.concat(Stream.of(Storage.class), Stream.of(more)).toArray(Class<?>[]::new);
        return new Engine(
                folder,
                new SpringApplicationBuilder(sources)
                        .web(WebApplicationType.NONE)
                        .logStartupInfo(false)
                        .run(folder.arguments().toArray(String[]::new)));
    }

    public Dialect dialect() {
        return folder.dialect();
    }

    public DataFolder folder() {
        return folder;
    }

    public Database database() {
        return context.getBean(Database.class);
    }

    public DataSource dataSource() {
        return context.getBean(DataSource.class);
    }

    public JdbcClient jdbc() {
        return context.getBean(JdbcClient.class);
    }

    public TestClock clock() {
        return context.getBean(TestClock.class);
    }

    /** What `@Transactional` does. */
    public TransactionTemplate writing() {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    /** What `@Transactional(readOnly = true)` does. */
    public TransactionTemplate reading() {
        TransactionTemplate template = writing();
        template.setReadOnly(true);
        return template;
    }

    /**
     * The bean of this class, wired as in the application (transactions included), together with the collaborators
     * named. Asked again with the same classes it is the same bean.
     */
    public <T> T make(Class<T> type, Class<?>... collaborators) {
        List<Class<?>> classes =
                Stream.concat(Stream.of(type), Stream.of(collaborators)).toList();
        return made.computeIfAbsent(classes, key -> child(classes)).getBean(type);
    }

    /** As {@link #make}, together with everything in the named ground modules (`"keys"`, `"audit"`). */
    public <T> T makeWith(Class<T> type, String... modules) {
        return made.computeIfAbsent(List.of(type, List.of(modules)), key -> child(List.of(type), modules))
                .getBean(type);
    }

    private GenericApplicationContext child(List<Class<?>> classes, String... modules) {
        GenericApplicationContext child = new GenericApplicationContext(context);
        child.setEnvironment(context.getEnvironment());
        new AnnotatedBeanDefinitionReader(child)
                .register(Stream.concat(Stream.of(Transactions.class), classes.stream())
                        .toArray(Class<?>[]::new));
        ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(child);
        for (String module : modules) {
            scanner.scan("fr.tambour." + module);
        }
        child.refresh();
        return child;
    }

    @Override
    public void close() {
        closeKeepingFiles();
        Engines.delete(folder.path());
    }

    void closeKeepingFiles() {
        made.values().forEach(GenericApplicationContext::close);
        context.close();
    }

    /** A town that other rows may refer to, and nothing more. */
    public void insertTown(long id, String slug) {
        writing()
                .executeWithoutResult(status ->
                        jdbc().sql("""
                        INSERT INTO town (id, slug, type, code, name, origin, profile, demonstration, counter, version, created_at,
                          changed_at)
                        VALUES (:town, :slug, 'COMMUNE', '91999', 'Clairval', '{}', '{}', 0, 0, 0, 0, 0)
                        """).param("town", id).param("slug", slug).update());
    }

    /** A notice that other rows may refer to, and nothing more; its town is there. */
    public void insertNotice(long town, long id, String kind) {
        insertNotice(town, id, kind, false);
    }

    public void insertNotice(long town, long id, String kind, boolean exercise) {
        writing()
                .executeWithoutResult(status -> jdbc().sql("""
                        INSERT INTO notice (town_id, id, kind, exercise_since, draft_state, public_state, latest_revision, slug, title, folded,
                          internal_note, created_at, created_by, touched_at, touched_by, severity, sequence)
                        VALUES (:town, :id, :kind, CASE WHEN :exercise = 1 THEN 0 END, 'NONE', 'PUBLISHED', 1, '', '', '', '', 0, 0, 0, 0, 0, 0)
                        """)
                        .param("town", town)
                        .param("id", id)
                        .param("kind", kind)
                        .param("exercise", exercise ? 1 : 0)
                        .update());
    }

    /** So that a test report names the engine. */
    @Override
    public String toString() {
        return switch (folder.dialect()) {
            case SQLITE -> "on SQLite";
            case POSTGRESQL -> "on PostgreSQL";
        };
    }

    @ComponentScan("fr.tambour.storage")
    @ImportAutoConfiguration({
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class
    })
    static class Storage {

        @Bean
        @Primary
        static TestClock testClock() {
            return new TestClock();
        }
    }

    /** Proxies are made per context, so the child needs its own. */
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Transactions {}

    /**
     * Whether a transaction waits for another one's locks (PostgreSQL). Told by the locks: who is connected at all is read only once in a
     * transaction.
     */
    public boolean isAnybodyWaiting() {
        return jdbc().sql("""
                                SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_locks
                                  WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database()))
                                """).query(Long.class).single() > 0;
    }
}
