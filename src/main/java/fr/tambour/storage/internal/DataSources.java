package fr.tambour.storage.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.tambour.storage.Database;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.ReplayClock;
import fr.tambour.storage.StorageSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The pools. SQLite has one writer (`BEGIN IMMEDIATE`) and several readers (deferred, `query_only`), routed by
 * `@Transactional(readOnly = true)`: a read-only transaction in immediate mode would block every writer, and a deferred
 * one that upgrades gets SQLITE_BUSY_SNAPSHOT at once. PostgreSQL has one pool.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageSettings.class)
class DataSources {

    private static final int BUSY_TIMEOUT_MS = 5_000;

    @Bean
    Clock clock(@Value("${tambour.demo:false}") boolean demonstration) {
        return demonstration ? new ReplayClock() : Clock.systemUTC();
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
        if (pools.readers() == null) {
            routing.setTargetDataSource(pools.writer());
        } else {
            routing.setTargetDataSource(new Writer(pools.writer()));
            routing.setReadOnlyDataSource(pools.readers());
        }
        return routing;
    }

    /** Flyway holds two connections at once: it gets its own, outside the pool of one. */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource flywayDataSource(Pools pools) {
        return pools.migrations();
    }

    private static Pools sqlite(Path file, int readers) {
        HikariConfig writer = pool("writer", sqliteSource(file, SQLiteConfig.TransactionMode.IMMEDIATE), 1);
        writer.setExceptionOverrideClassName(EvictWhenLost.class.getName());
        HikariConfig reader = pool("readers", sqliteSource(file, SQLiteConfig.TransactionMode.DEFERRED), readers);
        reader.setConnectionInitSql("PRAGMA query_only = true");
        HikariDataSource write = new HikariDataSource(writer);
        return new Pools(
                write, new HikariDataSource(reader), sqliteSource(file, SQLiteConfig.TransactionMode.IMMEDIATE));
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
        HikariConfig config = new HikariConfig();
        PostgresUrl url = PostgresUrl.of(Objects.requireNonNull(settings.url()));
        config.setPoolName("postgresql");
        config.setJdbcUrl(url.jdbc());
        if (url.user() != null) {
            config.setUsername(url.user());
        }
        if (url.password() != null) {
            config.setPassword(url.password());
        }
        // Another with each start, so that the doctor can tell processes apart.
        config.addDataSourceProperty("ApplicationName", "tambour " + UUID.randomUUID());
        url.properties().forEach(config::addDataSourceProperty);
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(2);
        HikariDataSource pool = new HikariDataSource(config);
        return new Pools(pool, null, pool);
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
