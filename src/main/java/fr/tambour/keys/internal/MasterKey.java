package fr.tambour.keys.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/** The file that holds the master key. */
final class MasterKey {

    static final int BYTES = 32;

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;

    MasterKey(Path file) {
        this.file = file;
    }

    boolean exists() {
        return Files.exists(file);
    }

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

    /** Writes a new key. It is on the disk, whole, before it has its name: a crash leaves no half key. */
    byte[] create() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(draft);
            FileAttribute<?>[] permissions = posix()
                    ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                    : new FileAttribute<?>[0];
            try (FileChannel channel = FileChannel.open(
                    draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions)) {
                channel.write(ByteBuffer.wrap(key));
                channel.force(true);
            }
            if (exists()) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("The master key " + file + " cannot be created", e);
        }
    }

    private boolean posix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
