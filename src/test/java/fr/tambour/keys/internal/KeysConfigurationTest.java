package fr.tambour.keys.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.keys.Keys;
import fr.tambour.storage.StorageSettings;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnBothEngines
class KeysConfigurationTest {

    private final Engine engine;
    private final Path file;

    KeysConfigurationTest(Engine engine) {
        this.engine = engine;
        this.file = engine.folder().path().resolve(Keys.FILE);
    }

    @BeforeEach
    void nothingYet() throws IOException {
        Files.deleteIfExists(file);
        engine.jdbc().sql("DELETE FROM instance WHERE name = 'keys.check'").update();
    }

    private Keys open() {
        StorageSettings settings = new StorageSettings(
                engine.folder().path(),
                new StorageSettings.DatabaseSettings(engine.folder().databaseUrl(), 1, true, Duration.ofMillis(500)));
        return new KeysConfiguration().keys(settings, engine.jdbc());
    }

    @Test
    void theSameKeyOpensTheSameDatabaseAgain() {
        String mac = open().mac("test").hex("a text");

        assertThat(open().mac("test").hex("a text")).isEqualTo(mac);
    }

    @Test
    void aLostKeyIsToldAndNotReplaced() throws IOException {
        open();
        Files.delete(file);

        assertThatThrownBy(this::open).isInstanceOf(MasterKeyRefused.class).hasMessageContaining("is missing");
        assertThat(file).doesNotExist();
    }

    @Test
    void aForeignKeyIsTold() throws IOException {
        open();
        Files.delete(file);
        new MasterKey(file).create();

        assertThatThrownBy(this::open).isInstanceOf(MasterKeyRefused.class).hasMessageContaining("is not the one");
    }
}
