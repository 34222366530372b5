package fr.tambour.storage.internal;

import fr.tambour.storage.InstanceFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Primary;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.runtime.flyway.SpringModulithFlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Migrates module by module, unless the last start already did so with exactly these files: what was applied is set down
 * with the data, so that an ordinary start asks one question instead of having Flyway look at every module.
 */
@Primary
@Component
class Migrations implements FlywayMigrationStrategy {

    /** The fingerprint of the migrations that were applied. */
    static final String APPLIED = "storage.migrations";

    private static final String PLACE = "db/migration/";

    private final ObjectProvider<SpringModulithFlywayMigrationStrategy> byModule;

    Migrations(ObjectProvider<SpringModulithFlywayMigrationStrategy> byModule) {
        this.byModule = byModule;
    }

    @Override
    public void migrate(Flyway flyway) {
        DataSource source = flyway.getConfiguration().getDataSource();
        InstanceFacts facts = new InstanceFacts(JdbcClient.create(source));
        String shipped = shipped();
        if (applied(facts).equals(Optional.of(shipped))) {
            return;
        }
        // Where beans were found out when building, Spring Boot hands Flyway every migration at once; the modules'
        // are told apart by where they lie.
        byModule.getObject()
                .migrate(Flyway.configure(flyway.getConfiguration().getClassLoader())
                        .configuration(flyway.getConfiguration())
                        .resourceProvider(null)
                        .load());
        facts.put(APPLIED, shipped);
    }

    private static Optional<String> applied(InstanceFacts facts) {
        try {
            return facts.get(APPLIED);
        } catch (DataAccessException e) {
            // The first start: the table is not there either.
            return Optional.empty();
        }
    }

    /** Of names and content of all migrations, whichever database they are for. */
    private static String shipped() {
        try {
            Map<String, Resource> files = new TreeMap<>();
            for (Resource file : new PathMatchingResourcePatternResolver(Migrations.class.getClassLoader())
                    .getResources(ResourcePatternResolver.CLASSPATH_ALL_URL_PREFIX + PLACE + "**/*.sql")) {
                String url = file.getURL().toString();
                files.put(url.substring(url.lastIndexOf(PLACE)), file);
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, Resource> file : files.entrySet()) {
                digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
                digest.update(file.getValue().getContentAsByteArray());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("The migrations cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
