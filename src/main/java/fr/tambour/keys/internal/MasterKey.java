package fr.tambour.keys.internal;

import fr.tambour.storage.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/** The file that holds the master key. */
final class MasterKey {

    static final int BYTES = 32;

    private final Path file;

    MasterKey(Path file) {
        this.file = file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /**
     * @throws MasterKeyRefused if it is not one, or others may read it
     * @throws UncheckedIOException if it cannot be read
     */
    byte[] read() {
        try {
            if (posix()) {
                Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
                others.remove(PosixFilePermission.OWNER_READ);
                others.remove(PosixFilePermission.OWNER_WRITE);
                if (!others.isEmpty()) {
                    throw new MasterKeyRefused("The master key " + file + " may be read by its owner alone, but has "
                            + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                            + ". Set it right (chmod 600 " + file + ") and start again.");
                }
            }
            long size = Files.size(file);
            if (size != BYTES) {
                throw new MasterKeyRefused("The master key " + file + " must be " + BYTES + " bytes long, but has "
                        + size + ". Put back the one that belongs to this data, from a backup, and start again.");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The master key " + file + " cannot be read", e);
        }
    }

    /**
     * Makes a new key, readable by its owner alone. It is on the disk, whole, before it has its name: a crash leaves no half
     * key.
     *
     * @throws UncheckedIOException if there is one already, or it could not be written
     */
    byte[] create() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        try {
            DurableFile.create(file, key);
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("The master key " + file + " cannot be created", e);
        }
    }

    private boolean posix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
