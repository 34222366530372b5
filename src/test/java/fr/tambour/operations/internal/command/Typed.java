package fr.tambour.operations.internal.command;

import fr.tambour.TambourApplication;
import fr.tambour.testing.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * A command typed in English, and what came of it.
 *
 * @param text of both outputs
 */
public record Typed(int status, String text) {

    /** As `bin/tambour` does: told to the instance that runs on this data, else carried out here. */
    public static Typed on(DataFolder data, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(out, true, StandardCharsets.UTF_8);
        TerminalConsole console = new TerminalConsole(Locale.ENGLISH, both, both, () -> "");
        int status = new CommandClient(
                        data.path(),
                        Duration.ofSeconds(20),
                        Locale.ENGLISH,
                        console,
                        settings -> new SpringApplicationBuilder(TambourApplication.class)
                                .web(WebApplicationType.NONE)
                                .lazyInitialization(true)
                                .logStartupInfo(false)
                                .run(Stream.concat(
                                                Stream.of(settings),
                                                data.arguments().stream()
                                                        .filter(argument -> !argument.startsWith("--tambour.data=")))
                                        .toArray(String[]::new)))
                .run(arguments);
        return new Typed(status, out.toString(StandardCharsets.UTF_8));
    }
}
