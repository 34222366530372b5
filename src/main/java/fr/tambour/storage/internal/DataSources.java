package fr.tambour.storage.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.tambour.storage.Database;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.MachineClock;
import fr.tambour.storage.ReplayClock;
import fr.tambour.storage.StorageSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The pools. SQLite has one writer (`BEGIN IMMEDIATE`) and several readers (deferred, `query_only`), routed by
 * `@Transactional(readOnly = true)`: a read-only transaction in immediate mode would block every writer, and a deferred
 * one that upgrades gets SQLITE_BUSY_SNAPSHOT at once. PostgreSQL has one pool, whose connections are lent for longer or
 * shorter waits.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageSettings.class)
class DataSources {

    private static final int BUSY_TIMEOUT_MS = 5_000;

    /** The driver's word for how long the server may say nothing, in seconds. */
    private static final String SILENCE = "socketTimeout";

    /** The driver's word for after how many uses the server keeps a statement prepared, for that connection alone; 0: never. */
    private static final String PREPARED = "prepareThreshold";

    private static final Logger log = LoggerFactory.getLogger(DataSources.class);

    /** With PostgreSQL there may be several nodes, whose machines may disagree; of SQLite there is one. */
    @Bean
    MachineClock machineClock(Database database, Pools pools) throws SQLException {
        return database.isPostgres() ? new DatabaseTime(pools.writer(), InstantSource.system()) : () -> Duration.ZERO;
    }

    @Bean
    Clock clock(@Value("${tambour.demo:false}") boolean demonstration, MachineClock machine) {
        Clock clock = machine instanceof DatabaseTime time ? time.clock() : Clock.systemUTC();
        return demonstration ? new ReplayClock(clock) : clock;
    }

    /** Taken before anything is opened. */
    @Bean
    DataLock dataLock(StorageSettings settings) {
        Path data = settings.data().toAbsolutePath().normalize();
        try {
            // Its owner's alone; one that was there already keeps the rights its owner chose.
            Files.createDirectories(
                    data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + data + " cannot be created", e);
        }
        return DataLock.take(data);
    }

    @Bean
    Database database(StorageSettings settings, DataLock lock) {
        Path data = settings.data().toAbsolutePath().normalize();
        return settings.database().postgres()
                ? new Database(Dialect.POSTGRESQL, Path.of(""))
                : new Database(Dialect.SQLITE, data.resolve(Database.FILE));
    }

    /** Closed by Spring before the pools it depends on, so that nothing writes once they are gone. */
    @Bean
    Pools pools(Database database, StorageSettings settings) {
        return switch (database.dialect()) {
            case SQLITE -> sqlite(database.file(), settings.database().connections());
            case POSTGRESQL -> postgres(settings.database());
        };
    }

    @Bean
    @Primary
    DataSource dataSource(Pools pools) {
        LazyConnectionDataSourceProxy routing = new LazyConnectionDataSourceProxy();
        routing.setDefaultAutoCommit(true);
        routing.setTargetDataSource(pools.writing());
        routing.setReadOnlyDataSource(pools.reading());
        return routing;
    }

    /** Flyway holds two connections at once: it gets its own, outside the pool of one. */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource flywayDataSource(Pools pools) {
        return pools.migrations();
    }

    private static Pools sqlite(Path file, int readers) {
        HikariConfig writer =
                pool("writer", new KeepsPrepared(sqliteSource(file, SQLiteConfig.TransactionMode.IMMEDIATE)), 1);
        writer.setExceptionOverrideClassName(EvictWhenLost.class.getName());
        HikariConfig reader =
                pool("readers", new KeepsPrepared(sqliteSource(file, SQLiteConfig.TransactionMode.DEFERRED)), readers);
        reader.setConnectionInitSql("PRAGMA query_only = true");
        HikariDataSource write = new HikariDataSource(writer);
        HikariDataSource read = new HikariDataSource(reader);
        return new Pools(
                write,
                List.of(read, write),
                new Writer(write),
                read,
                sqliteSource(file, SQLiteConfig.TransactionMode.IMMEDIATE));
    }

    private static SQLiteDataSource sqliteSource(Path file, SQLiteConfig.TransactionMode mode) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // FULL: a published notice survives a power cut.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(mode);
        config.setCacheSize(-8_000);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    static Pools postgres(StorageSettings.DatabaseSettings settings) {
        return postgres(settings, Patience.USUAL);
    }

    /**
     * @param patience unless the URL names one for all statements ({@code socketTimeout}); migrations take what they take, on
     *     connections of their own, one of which stays in a transaction until the last is through
     */
    static Pools postgres(StorageSettings.DatabaseSettings settings, Patience patience) {
        HikariConfig config = new HikariConfig();
        PostgresUrl url = PostgresUrl.of(Objects.requireNonNull(settings.url()));
        Properties properties = new Properties();
        // Another with each start, so that the doctor can tell processes apart.
        properties.setProperty("ApplicationName", "tambour " + UUID.randomUUID());
        properties.setProperty("socketFactory", KeptAlive.class.getName());
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty(SILENCE, Long.toString(patience.writing().toSeconds()));
        properties.putAll(url.properties());
        if (!properties.containsKey(PREPARED) && Pooler.lends(plain(url, properties))) {
            log.info("Nothing is prepared in PostgreSQL: a pooler lends its connections for one transaction each");
            properties.setProperty(PREPARED, "0");
        }
        config.setPoolName("postgresql");
        config.setJdbcUrl(url.jdbc());
        config.setDataSourceProperties(properties);
        config.setConnectionInitSql(
                patience.withClients().statements(url.properties().getOrDefault("options", "")));
        if (url.user() != null) {
            config.setUsername(url.user());
        }
        if (url.password() != null) {
            config.setPassword(url.password());
        }
        boolean own = url.properties().containsKey(SILENCE);
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(2);
        HikariDataSource pool = new HikariDataSource(config);
        DataSource reading = new Lent(pool, connection -> {
            connection.setReadOnly(true);
            if (!own) {
                waitAtMost(connection, patience.reading());
            }
        });
        return new Pools(pool, List.of(pool), pool, reading, withoutEnd(url, properties));
    }

    private static DataSource withoutEnd(PostgresUrl url, Properties properties) {
        Properties own = new Properties();
        own.putAll(properties);
        own.setProperty(SILENCE, "0");
        return plain(url, own);
    }

    /** A new connection each time. */
    private static DataSource plain(PostgresUrl url, Properties properties) {
        Properties own = new Properties();
        own.putAll(properties);
        if (url.user() != null) {
            own.setProperty("user", url.user());
        }
        if (url.password() != null) {
            own.setProperty("password", url.password());
        }
        return new DriverManagerDataSource(url.jdbc(), own);
    }

    private static void waitAtMost(Connection connection, Duration silence) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(silence.toMillis()));
    }

    private static HikariConfig pool(String name, DataSource source, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setMaxLifetime(0);
        config.setConnectionTimeout(15_000);
        return config;
    }
}
