package fr.tambour.media.internal;

import java.io.IOException;
import java.nio.file.Path;

/** Where files lie, by a name that is their content's. */
interface Blobs {

    /** Writes a file whole and durably, or leaves nothing. A file that is there already stays. */
    void put(String name, byte[] content) throws IOException;

    Path path(String name);

    void delete(String name) throws IOException;
}
