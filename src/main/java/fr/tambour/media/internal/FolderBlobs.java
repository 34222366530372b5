package fr.tambour.media.internal;

import fr.tambour.storage.StorageSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Files in the data folder's {@code media/}, spread over folders by the first two characters of their names. */
@Component
class FolderBlobs implements Blobs {

    /** No picture is larger in all its sizes together. */
    private static final long NEARLY_FULL = 50_000_000;

    /** The end of a name that is not a picture's yet. */
    private static final String HALF = ".new";

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
        // Begins as what it will be, so that it lies in the folder that its name leads to.
        Path fresh = Files.createTempFile(target.getParent(), name + ".", HALF);
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel parent = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
                parent.force(true);
            }
            return true;
        } finally {
            Files.deleteIfExists(fresh);
        }
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
