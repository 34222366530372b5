package fr.tambour.testing;

import fr.tambour.TambourApplication;
import fr.tambour.storage.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.modulith.core.ApplicationModuleIdentifier;
import org.springframework.modulith.core.ApplicationModuleIdentifiers;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.runtime.flyway.MigrationFilter;
import org.springframework.modulith.runtime.flyway.SpringModulithFlywayMigrationStrategy;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real databases for tests. The migrations run once per engine, into a template; each test class gets a copy of it
 * (SQLite a file, PostgreSQL a database). One PostgreSQL server serves the whole run and ends with the JVM.
 */
public final class Engines {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable Path sqliteTemplate;
    private static @Nullable EmbeddedPostgres postgres;
    private static @Nullable String postgresTemplate;

    private Engines() {}

    /** For {@link OnBothEngines}. Lazy: the second engine is made when its turn comes. */
    static Stream<Engine> both() {
        return Stream.of(Dialect.values()).map(Engines::fresh);
    }

    /** A fresh, migrated database with the beans of `storage` around it. */
    public static Engine fresh(Dialect dialect) {
        return Engine.over(folder(dialect));
    }

    /** A fresh data folder and, for PostgreSQL, the URL of a fresh database: what a whole application starts on. */
    public static DataFolder folder(Dialect dialect) {
        return switch (dialect) {
            case SQLITE -> sqlite();
            case POSTGRESQL -> new DataFolder(dialect, newFolder(), postgresDatabase("TEMPLATE " + postgresTemplate()));
        };
    }

    /** As {@link #folder}, but without a single table: for what begins on a bare machine. */
    public static DataFolder empty(Dialect dialect) {
        return switch (dialect) {
            case SQLITE -> new DataFolder(dialect, newFolder(), null);
            case POSTGRESQL -> new DataFolder(dialect, newFolder(), postgresDatabase("TEMPLATE template0"));
        };
    }

    /**
     * Applies the root's migrations and those of these modules as the application does.
     *
     * @param target up to which version of each, as Flyway has it: {@code 6?} for whoever may have none, {@code latest}
     * @param modules those that others need first
     */
    public static void migrate(Engine engine, String target, String... modules) {
        ApplicationModuleIdentifiers those = ApplicationModuleIdentifiers.of(
                Stream.of(modules).map(ApplicationModuleIdentifier::of).toList());
        new SpringModulithFlywayMigrationStrategy(those, MigrationFilter.USE_ALL)
                .migrate(Flyway.configure()
                        .dataSource(engine.dataSource())
                        .locations(
                                "classpath:db/migration/common",
                                "classpath:db/migration/"
                                        + engine.dialect().name().toLowerCase(Locale.ROOT))
                        .target(target)
                        .load());
    }

    private static DataFolder sqlite() {
        try {
            Path folder = newFolder();
            Files.copy(sqliteTemplate(), folder.resolve("tambour.db"));
            return new DataFolder(Dialect.SQLITE, folder, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized Path sqliteTemplate() {
        if (sqliteTemplate == null) {
            DataFolder folder = new DataFolder(Dialect.SQLITE, newFolder(), null);
            migrate(folder);
            sqliteTemplate = folder.path().resolve("tambour.db");
        }
        return sqliteTemplate;
    }

    private static String postgresDatabase(String from) {
        String name = "test" + COUNT.incrementAndGet();
        execute(postgres(), "CREATE DATABASE " + name + " " + from);
        return url(postgres(), name);
    }

    private static synchronized EmbeddedPostgres postgres() {
        if (postgres == null) {
            try {
                postgres = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("The embedded PostgreSQL did not start", e);
            }
        }
        return postgres;
    }

    private static synchronized String postgresTemplate() {
        if (postgresTemplate == null) {
            String name = "tambour";
            execute(postgres(), "CREATE DATABASE " + name);
            migrate(new DataFolder(Dialect.POSTGRESQL, newFolder(), url(postgres(), name)));
            postgresTemplate = name;
        }
        return postgresTemplate;
    }

    private static String url(EmbeddedPostgres server, String database) {
        return "postgresql://postgres:postgres@127.0.0.1:" + server.getPort() + "/" + database;
    }

    private static void execute(EmbeddedPostgres server, String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Runs the migrations as the application does: the root first, then module by module. */
    private static void migrate(DataFolder folder) {
        Engine.over(folder, Migrations.class).closeKeepingFiles();
    }

    private static Path newFolder() {
        try {
            Path folder = Files.createTempDirectory("tambour-test-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ImportAutoConfiguration(FlywayAutoConfiguration.class)
    static class Migrations {

        @Bean
        static SpringModulithFlywayMigrationStrategy byModule() {
            return new SpringModulithFlywayMigrationStrategy(modules(), MigrationFilter.USE_ALL);
        }

        /** Those that others need first: as packaging found them out, else as the classes say, which takes seconds. */
        private static ApplicationModuleIdentifiers modules() {
            ClassPathResource packed = new ClassPathResource("META-INF/spring-modulith/application-modules.json");
            if (!packed.exists()) {
                return ApplicationModuleIdentifiers.of(ApplicationModules.of(TambourApplication.class));
            }
            try (InputStream in = packed.getInputStream()) {
                return ApplicationModuleIdentifiers.of(JsonMapper.shared().readTree(in).propertyNames().stream()
                        .map(ApplicationModuleIdentifier::of)
                        .toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
