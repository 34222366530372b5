package fr.tambour.operations.internal.command;

import fr.tambour.storage.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a running instance takes commands, written into its data folder while it runs, readable by its owner alone.
 *
 * @param port on the loopback address
 * @param secret what a command must show
 * @param pid the instance's process
 */
record LocalDoor(int port, String secret, long pid) {

    private static final String FILE = "run/local.json";

    static Path file(Path data) {
        return data.resolve(FILE);
    }

    void write(Path data) throws IOException {
        Path file = file(data);
        Files.createDirectories(file.getParent());
        DurableFile.write(file, JsonMapper.shared().writeValueAsBytes(this));
    }

    /** Empty where nothing runs, or what is written there is no door. */
    static Optional<LocalDoor> read(Path data) throws IOException {
        try {
            return Optional.of(JsonMapper.shared().readValue(Files.readAllBytes(file(data)), LocalDoor.class));
        } catch (NoSuchFileException | JacksonException e) {
            return Optional.empty();
        }
    }
}
