package fr.tambour.keys.internal;

import fr.tambour.keys.Keys;
import fr.tambour.storage.StorageSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Opens the master key, or makes it at the first start. The database remembers which key it was filled with: a lost or a
 * foreign key is told at the start, not when the journal looks forged and nobody can stay signed in.
 */
@Configuration(proxyBeanMethods = false)
class KeysConfiguration {

    private static final String CHECK = "keys.check";

    @Bean
    @DependsOnDatabaseInitialization
    Keys keys(StorageSettings settings, JdbcClient jdbc) {
        Path file = settings.data().toAbsolutePath().normalize().resolve(Keys.FILE);
        MasterKey master = new MasterKey(file);
        Optional<String> known = check(jdbc);
        if (!master.exists() && known.isPresent()) {
            throw new MasterKeyRefused("The master key " + file + " is missing, but the database was filled with one."
                    + " Put it back from a backup (or copy it from another node) and start again.");
        }
        Keys keys = new DerivedKeys(master.exists() ? master.read() : master.create());
        String check = keys.mac(CHECK).hex("tambour");
        if (known.isEmpty()) {
            jdbc.sql("INSERT INTO instance (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING")
                    .param("name", CHECK)
                    .param("value", check)
                    .update();
        }
        if (!check(jdbc).equals(Optional.of(check))) {
            throw new MasterKeyRefused("The master key " + file + " is not the one this database was filled with."
                    + " Put back the one that belongs to it and start again.");
        }
        return keys;
    }

    private static Optional<String> check(JdbcClient jdbc) {
        return jdbc.sql("SELECT value FROM instance WHERE name = :name")
                .param("name", CHECK)
                .query(String.class)
                .optional();
    }
}
