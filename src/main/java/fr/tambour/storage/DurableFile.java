package fr.tambour.storage;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that has its name only once it is whole and on the disk, readable by its owner alone.
 *
 * <p>Until then it is `NAME.RANDOM.part` in the same folder, which must be there. Content and name are both written
 * through to the disk, so that a power cut leaves the old file or the new one. Whatever fails (a full disk) leaves what was
 * there before and no half file; only a process that is killed leaves its `.part` lying.
 */
public final class DurableFile implements Closeable {

    /** How the name of a file ends that is not whole yet. */
    public static final String UNFINISHED = ".part";

    private final Path path;
    private final Path draft;
    private final FileChannel channel;
    private final OutputStream content;

    private DurableFile(Path path) throws IOException {
        this.path = path.toAbsolutePath();
        // Java makes it readable and writable by its owner alone.
        this.draft = Files.createTempFile(this.path.getParent(), this.path.getFileName() + ".", UNFINISHED);
        try {
            this.channel = FileChannel.open(draft, StandardOpenOption.WRITE);
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        this.content = Channels.newOutputStream(channel);
    }

    /**
     * Writes a file in the place of the one that may be there.
     *
     * @throws IOException if it could not be written; what was there still is
     */
    public static void write(Path path, byte[] content) throws IOException {
        write(path, new ByteArrayInputStream(content));
    }

    /**
     * Writes what is read, to its end and a piece at a time, in the place of the file that may be there.
     *
     * @throws IOException if it could not be read or written; what was there still is
     */
    public static void write(Path path, InputStream content) throws IOException {
        try (DurableFile file = new DurableFile(path)) {
            content.transferTo(file.content());
            file.finish();
        }
    }

    /**
     * Writes a file where there is none. Of two who do so at the same moment the later may replace the earlier: where that
     * matters, a lock of the caller's keeps them apart.
     *
     * @throws FileAlreadyExistsException if there is one
     * @throws IOException if it could not be written; there is none then
     */
    public static void create(Path path, byte[] content) throws IOException {
        try (DurableFile file = begin(path)) {
            file.content().write(content);
            file.keep();
        }
    }

    /**
     * Begins a file where there is none, to be written little by little.
     *
     * @throws FileAlreadyExistsException if there is one
     * @throws IOException if none can be begun
     */
    public static DurableFile begin(Path path) throws IOException {
        refuseToReplace(path);
        return new DurableFile(path);
    }

    /** Where what it holds is written to; unbuffered, and closed by {@link #close} alone. */
    public OutputStream content() {
        return content;
    }

    /**
     * It is whole and gets its name.
     *
     * @throws FileAlreadyExistsException if there is a file of this name by now
     * @throws IOException if it could not be written through; {@link #close} then removes it
     */
    public void keep() throws IOException {
        refuseToReplace(path);
        finish();
    }

    /** Ends it; what was not kept is removed. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void finish() throws IOException {
        channel.force(true);
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // POSIX: a name is on the disk once its folder is (fsync(2)); elsewhere a folder cannot be opened.
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    private static void refuseToReplace(Path path) throws IOException {
        if (Files.exists(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
    }
}
