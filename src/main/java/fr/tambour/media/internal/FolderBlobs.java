package fr.tambour.media.internal;

import fr.tambour.storage.DurableFile;
import fr.tambour.storage.StorageSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Files in the data folder's {@code media/}, spread over folders by the first two characters of their names. */
@Component
class FolderBlobs implements Blobs {

    /** No picture is larger in all its sizes together. */
    private static final long NEARLY_FULL = 50_000_000;

    private final Path folder;

    FolderBlobs(StorageSettings settings) {
        this.folder = settings.data().toAbsolutePath().normalize().resolve("media");
    }

    @Override
    public boolean put(String name, byte[] content) throws IOException {
        Path target = path(name);
        if (Files.exists(target)) {
            return false;
        }
        Files.createDirectories(target.getParent());
        // Of two who bring the same at the same moment, either may stay.
        DurableFile.write(target, content);
        return true;
    }

    @Override
    public Path path(String name) {
        return folder.resolve(name.substring(0, 2)).resolve(name);
    }

    @Override
    public boolean full() throws IOException {
        return Files.getFileStore(folder).getUsableSpace() < NEARLY_FULL;
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path(name));
    }

    @Override
    public List<String> olderThan(Instant before) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.find(
                folder,
                2,
                (file, attributes) -> attributes.isRegularFile()
                        && attributes.lastModifiedTime().toInstant().isBefore(before))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
