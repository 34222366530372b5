package fr.tambour.operations.internal.command;

/** A command of `bin/tambour`: described by picocli's annotations, made anew by Spring for each time it is given. */
public interface OperatorCommand {

    /** Done as asked. */
    int DONE = 0;

    /** Done, and something is wrong with what was looked at. */
    int FOUND_SOMETHING = 1;

    /** Not understood, or refused; nothing was changed. */
    int REFUSED = 2;

    /** @return the process's exit status */
    int run(Console console) throws Exception;
}
