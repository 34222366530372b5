package fr.tambour.operations.internal.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/** The console of the process itself. */
final class TerminalConsole implements Console {

    private final Locale locale;
    private final PrintStream out;
    private final PrintStream err;
    private final Supplier<String> secret;

    TerminalConsole(Locale locale, PrintStream out, PrintStream err, Supplier<String> secret) {
        this.locale = locale;
        this.out = out;
        this.err = err;
        this.secret = secret;
    }

    @Override
    public Locale locale() {
        return locale;
    }

    @Override
    public void say(String line) {
        out.println(line);
    }

    @Override
    public void complain(String line) {
        err.println(line);
    }

    @Override
    public String secret() {
        return secret.get();
    }

    @Override
    public OutputFile file(String path) throws IOException {
        Path file = Path.of(path).toAbsolutePath();
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new FileRefused("operations.file.no-folder", folder == null ? file : folder);
        }
        try {
            return new LocalFile(file);
        } catch (FileAlreadyExistsException e) {
            throw new FileRefused("operations.file.exists", file);
        } catch (AccessDeniedException e) {
            throw new FileRefused("operations.file.folder-denied", folder);
        }
    }
}
