package fr.tambour.operations.internal.health;

import fr.tambour.storage.DurableFile;
import fr.tambour.storage.StorageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Can pictures, the journal's head and the database's file be written? */
@Component("dataFolderHealthIndicator")
class DataFolderHealth extends AbstractHealthIndicator {

    private final Path data;

    DataFolderHealth(StorageSettings settings) {
        this.data = settings.data().toAbsolutePath().normalize();
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws IOException {
        Files.delete(Files.createTempFile(data, "health", DurableFile.UNFINISHED));
        health.up();
    }
}
