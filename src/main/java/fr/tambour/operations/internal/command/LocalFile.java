package fr.tambour.operations.internal.command;

import fr.tambour.storage.DurableFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** An output file on this machine, readable by its owner alone. */
final class LocalFile extends OutputFile {

    private final DurableFile file;
    private final OutputStream out;

    /** @throws java.nio.file.FileAlreadyExistsException if there is one of this name */
    LocalFile(Path path) throws IOException {
        this.file = DurableFile.begin(path);
        this.out = new BufferedOutputStream(file.content(), 1 << 16);
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void keep() throws IOException {
        out.flush();
        file.keep();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
