package fr.tambour.operations;

import fr.tambour.operations.internal.command.CommandClient;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** What `bin/tambour` is told besides starting. */
public final class Commands {

    private Commands() {}

    private static final String DEMO = "demo";

    /** Whether these arguments are a command (`backup …`), and not settings of a server (`--name=value`, `demo`). */
    public static boolean areIn(String... arguments) {
        return arguments.length > 0 && !arguments[0].startsWith("--") && !arguments[0].equals(DEMO);
    }

    /** A server's arguments as settings: `demo` is short for `--tambour.demo=true`. */
    public static String[] settings(String... arguments) {
        return Stream.of(arguments)
                .map(argument -> argument.equals(DEMO) ? "--tambour.demo=true" : argument)
                .toArray(String[]::new);
    }

    /**
     * Gives the command to the running instance; only where none runs, opens the data in this process.
     *
     * @param standIn starts the application without its ports, with these arguments
     * @return the exit status
     */
    public static int run(String[] arguments, Function<String[], ConfigurableApplicationContext> standIn) {
        return CommandClient.ofThisProcess(standIn).run(arguments);
    }
}
