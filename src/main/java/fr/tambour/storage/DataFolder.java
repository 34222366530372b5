package fr.tambour.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where an installation keeps what is its own. */
public final class DataFolder {

    /** The file whose lock the process holds that works on the folder. */
    public static final String LOCK = "tambour.lock";

    private DataFolder() {}

    /**
     * Whether a process works on it at this moment.
     *
     * @throws IOException if that cannot be told
     */
    public static boolean isInUse(Path data) throws IOException {
        try (FileChannel channel = FileChannel.open(data.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (NoSuchFileException e) {
            return false;
        } catch (OverlappingFileLockException e) {
            // This very process does.
            return true;
        }
    }
}
