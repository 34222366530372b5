package fr.tambour.operations.internal.command;

import java.io.IOException;
import java.io.OutputStream;

/** A file that appears under its name only once it is whole: closed without {@link #keep}, it leaves nothing. */
public abstract class OutputFile extends OutputStream {

    /** It is whole: written through to the disk, it gets its name. */
    public abstract void keep() throws IOException;
}
