package fr.tambour.operations.internal.command;

import java.io.IOException;
import java.util.Locale;

/** Where a command's answer goes: a terminal, or a terminal at the other end of the local port. */
public interface Console {

    /** The language of whoever typed the command. */
    Locale locale();

    /** To standard output. */
    void say(String line);

    /** To standard error. */
    void complain(String line);

    /** What was typed or piped in for a command that asks for a secret; without its line end. */
    String secret();

    /**
     * A file on the side of whoever typed the command.
     *
     * @param path one of the command's arguments, relative to where it was typed
     */
    OutputFile file(String path) throws IOException;
}
