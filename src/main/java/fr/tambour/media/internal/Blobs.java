package fr.tambour.media.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Where files lie, by a name that is their content's. */
interface Blobs {

    /**
     * Writes a file whole and durably, or leaves nothing.
     *
     * @return whether it is new; one that was there already stays
     */
    boolean put(String name, byte[] content) throws IOException;

    Path path(String name);

    /** Whether there is hardly any space left. */
    boolean full() throws IOException;

    void delete(String name) throws IOException;

    /** Names of the files last written before {@code before}; what a crash left half written among them. */
    List<String> olderThan(Instant before) throws IOException;
}
