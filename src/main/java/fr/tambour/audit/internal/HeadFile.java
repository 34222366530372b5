package fr.tambour.audit.internal;

import fr.tambour.storage.DurableFile;
import fr.tambour.storage.StorageSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * The end of the chain as this node last saw it, kept outside the database: `audit.head` in the data folder, one line
 * "NUMBER MAC". Whoever can change the database but not this file cannot cut off the end of the journal unnoticed.
 *
 * <p>Each node of several keeps a head of its own in its own data folder. It may be behind the table (another node wrote
 * last, or a crash came between commit and head), never ahead.
 */
@Component
class HeadFile {

    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) ([0-9a-f]{64})\n");

    private final Path file;

    HeadFile(StorageSettings settings) {
        this.file = settings.data().toAbsolutePath().normalize().resolve("audit.head");
    }

    Path path() {
        return file;
    }

    /** Empty if there is none. */
    synchronized Optional<Link> read() throws Unreadable {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            Matcher line = LINE.matcher(Files.size(file) > 128 ? "" : Files.readString(file));
            if (!line.matches()) {
                throw new Unreadable();
            }
            return Optional.of(new Link(Long.parseLong(line.group(1)), line.group(2)));
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }

    /**
     * Replaced in one step.
     *
     * @throws UncheckedIOException if it could not be written; the head is behind the table then
     */
    synchronized void write(Link link) {
        try {
            DurableFile.write(file, (link.number() + " " + link.mac() + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file is there, but is not a head. */
    static final class Unreadable extends Exception {
        Unreadable() {
            super("not a head");
        }

        Unreadable(IOException cause) {
            super(cause);
        }
    }
}
