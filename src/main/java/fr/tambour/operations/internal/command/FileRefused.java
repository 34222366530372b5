package fr.tambour.operations.internal.command;

import java.io.IOException;
import java.nio.file.Path;

/** An output file cannot be begun, and its sentence says why; nothing was written. */
public final class FileRefused extends IOException {

    private final String key;
    private final transient Path path;

    FileRefused(String key, Path path) {
        super(key + " " + path);
        this.key = key;
        this.path = path;
    }

    /** Message key of the sentence for the person; its one argument is {@link #path}. */
    public String key() {
        return key;
    }

    /** What the sentence is about: the file, or its folder. */
    public String path() {
        return String.valueOf(path);
    }
}
