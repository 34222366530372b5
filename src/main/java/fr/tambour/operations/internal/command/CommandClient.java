package fr.tambour.operations.internal.command;

import fr.tambour.keys.Keys;
import fr.tambour.operations.internal.doctor.FailedStart;
import fr.tambour.storage.DataFolder;
import fr.tambour.storage.Database;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** The process in which a command is typed. */
public final class CommandClient {

    private static final String DATA = "TAMBOUR_DATA";

    /** How long an instance may take to open its door, or to leave. */
    private static final Duration STARTING = Duration.ofSeconds(20);

    private static final Duration AGAIN = Duration.ofMillis(100);

    private final Path data;
    private final Duration starting;
    private final Locale locale;
    private final TerminalConsole console;
    private final Function<String[], ConfigurableApplicationContext> standIn;

    CommandClient(
            Path data,
            Duration starting,
            Locale locale,
            TerminalConsole console,
            Function<String[], ConfigurableApplicationContext> standIn) {
        this.data = data;
        this.starting = starting;
        this.locale = locale;
        this.console = console;
        this.standIn = standIn;
    }

    public static CommandClient ofThisProcess(Function<String[], ConfigurableApplicationContext> standIn) {
        Map<String, String> environment = System.getenv();
        Locale locale = language(environment);
        return new CommandClient(
                Path.of(environment.getOrDefault(DATA, "data")).toAbsolutePath().normalize(),
                STARTING,
                locale,
                new TerminalConsole(locale, utf8(System.out), utf8(System.err), CommandClient::typed),
                standIn);
    }

    public int run(String[] arguments) {
        if (arguments[0].equals("help")) {
            return help();
        }
        try {
            return askOrRunHere(arguments);
        } catch (FileRefused e) {
            console.complain(say(e.key(), e.path()));
            return OperatorCommand.REFUSED;
        } catch (IOException e) {
            console.complain(say("operations.failed", String.valueOf(e.getMessage())));
            return OperatorCommand.REFUSED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            console.complain(say("operations.interrupted"));
            return OperatorCommand.REFUSED;
        }
    }

    private int askOrRunHere(String[] arguments) throws IOException, InterruptedException {
        Instant patience = Instant.now().plus(starting);
        while (true) {
            Optional<LocalDoor> door = LocalDoor.read(data);
            if (door.isPresent()) {
                Optional<Integer> status = ask(door.get(), List.of(arguments));
                if (status.isPresent()) {
                    return status.get();
                }
            }
            // An instance that is starting, or stopping, has the folder and no door.
            if (!DataFolder.isInUse(data) || Instant.now().isAfter(patience)) {
                return runHere(arguments);
            }
            Thread.sleep(AGAIN);
        }
    }

    /** Of the innermost command that is named. */
    private int help(String... arguments) {
        CommandLine line = TambourCommand.line(locale, CommandClient::unmade);
        for (String argument : arguments) {
            line = line.getSubcommands().getOrDefault(argument, line);
        }
        line.usage(utf8(System.out));
        return OperatorCommand.DONE;
    }

    /** For usage alone picocli needs the classes, not what they need. */
    private static <K> K unmade(Class<K> type) {
        throw new IllegalStateException(type + " is not made for its usage");
    }

    /** Empty if nobody is behind the door: whoever opened it was killed. */
    private Optional<Integer> ask(LocalDoor door, List<String> arguments) throws IOException, InterruptedException {
        CommandRequest command = new CommandRequest(arguments, locale.toLanguageTag(), secretFor(arguments));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + door.port() + CommandServlet.PATH))
                .header("Authorization", CommandServlet.BEARER + door.secret())
                .POST(HttpRequest.BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(command)))
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build()) {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            // Any other status: another program has the port of an instance that was killed.
            return response.statusCode() == 200 ? Optional.of(follow(response.body(), arguments)) : Optional.empty();
        } catch (ConnectException e) {
            return Optional.empty();
        }
    }

    private int follow(InputStream answer, List<String> arguments) throws IOException {
        OutputFile file = null;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(answer, 1 << 16))) {
            while (true) {
                Frames.Frame frame = next(in);
                switch (frame.kind()) {
                    case SAY -> console.say(frame.text());
                    case COMPLAIN -> console.complain(frame.text());
                    case FILE -> file = open(frame.text(), arguments);
                    case BYTES -> opened(file).write(frame.bytes());
                    case KEEP -> opened(file).keep();
                    case DROP -> opened(file).close();
                    case EXIT -> {
                        return Integer.parseInt(frame.text());
                    }
                }
            }
        } finally {
            if (file != null) {
                file.close();
            }
        }
    }

    /** An instance that dies amid its answer ends it in one way or another. */
    private Frames.Frame next(DataInputStream in) throws IOException {
        try {
            return Frames.read(in);
        } catch (IOException e) {
            throw new IOException(say("operations.cut-short"), e);
        }
    }

    /** An instance writes only where it was asked to: this process may belong to a mightier user than the instance. */
    private OutputFile open(String path, List<String> arguments) throws IOException {
        if (!arguments.contains(path)) {
            throw new IOException(say("operations.not-asked-for", path));
        }
        return console.file(path);
    }

    private static OutputFile opened(@Nullable OutputFile file) throws IOException {
        if (file == null) {
            throw new IOException("That is not an answer of Tambour");
        }
        return file;
    }

    private int runHere(String[] arguments) throws IOException {
        if (TambourCommand.asksForHelp(List.of(arguments))) {
            return help(arguments);
        }
        if (!arguments[0].equals("restore")) {
            CommandLine line = TambourCommand.line(locale, CommandClient::unmade);
            if (!line.getSubcommands().containsKey(arguments[0])) {
                console.complain(say("operations.usage.unknown", arguments[0], line.getCommandName()));
                line.getUsageMessage().stripTrailing().lines().forEach(console::complain);
                return OperatorCommand.REFUSED;
            }
            if (!Files.exists(data.resolve(Database.FILE)) && !Files.exists(data.resolve(Keys.FILE))) {
                console.complain(say("operations.no-tambour-here", data));
                return OperatorCommand.REFUSED;
            }
            return standIn(arguments);
        }
        EmptyFolder folder = new EmptyFolder(data);
        if (!folder.isEmpty()) {
            console.complain(say("operations.restore.folder-not-empty", data));
            return OperatorCommand.REFUSED;
        }
        int status = standIn(arguments);
        if (status != OperatorCommand.DONE) {
            folder.emptyAgain();
        }
        return status;
    }

    private int standIn(String[] arguments) {
        try (ConfigurableApplicationContext context =
                standIn.apply(new String[] {"--tambour.data=" + data, "--tambour.timer.enabled=false"})) {
            return context.getBean(CommandRunner.class).run(List.of(arguments), console);
        } catch (RuntimeException e) {
            FailedStart failed = new FailedStart(data, console);
            if (arguments[0].equals("doctor")) {
                return failed.tell(e);
            }
            console.complain(failed.sentence(e).orElseGet(() -> say("operations.failed", rootMessage(e))));
            return OperatorCommand.REFUSED;
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Asked for before the command is given, since the instance cannot ask back. */
    private String secretFor(List<String> arguments) {
        return TambourCommand.asksForSecret(arguments) ? console.secret() : "";
    }

    private static String typed() {
        java.io.Console terminal = System.console();
        try {
            if (terminal != null && terminal.isTerminal()) {
                char[] typed = terminal.readPassword("> ");
                return typed == null ? "" : new String(typed);
            }
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }

    /** English where the terminal is English; French otherwise, as everywhere. */
    private static Locale language(Map<String, String> environment) {
        String set = environment.getOrDefault("LC_ALL", environment.getOrDefault("LANG", ""));
        return set.startsWith("en") ? Locale.ENGLISH : Locale.FRENCH;
    }

    private String say(String key, Object... arguments) {
        return new MessageFormat(
                        ResourceBundle.getBundle("fr.tambour.operations.messages", locale)
                                .getString(key),
                        locale)
                .format(arguments);
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
