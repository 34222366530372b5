package fr.tambour.operations.internal.archive;

import fr.tambour.operations.internal.AgeKeys;
import fr.tambour.operations.internal.command.Console;
import fr.tambour.operations.internal.command.OperatorCommand;
import fr.tambour.ui.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `tambour restore FILE`: an archive into an empty installation, with the recovery key alone. */
@Command(name = "restore")
public class RestoreCommand implements OperatorCommand {

    /** Wherever it stands, in groups and on several lines as it is printed. */
    private static final Pattern KEY = Pattern.compile(
            String.join("\\s*", "AGE-SECRET-KEY-1".split("")) + "(?:\\s*[0-9A-Z]){58}", Pattern.CASE_INSENSITIVE);

    private final Restore restore;
    private final Words french;
    private final boolean running;

    @Parameters(paramLabel = "FILE")
    private @Nullable Path file;

    @Option(names = "--key-file", paramLabel = "KEY")
    private @Nullable Path keyFile;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true)
    private boolean help;

    RestoreCommand(Restore restore, Words words, Environment environment) {
        this.restore = restore;
        this.french = words;
        this.running = environment.getProperty("local.server.port") != null;
    }

    @Override
    public int run(Console console) throws IOException {
        Words words = french.in(console.locale());
        if (running) {
            console.complain(words.get("operations.restore.running"));
            return REFUSED;
        }
        if (file == null || !isReadableFile(file)) {
            console.complain(words.get("operations.restore.no-file", String.valueOf(file)));
            return REFUSED;
        }
        if (keyFile != null && !isReadableFile(keyFile)) {
            console.complain(words.get("operations.restore.no-file", keyFile.toString()));
            return REFUSED;
        }
        try {
            Restore.Restored restored = restore.run(file, key(console, words));
            console.say(words.get(
                    "operations.restore.done",
                    restored.inventory().allRows(),
                    restored.inventory().files(),
                    words.moment(
                            Instant.ofEpochMilli(restored.manifest().madeAt()).atZone(ZoneId.systemDefault()))));
            console.say(words.get("operations.restore.paused"));
            return DONE;
        } catch (ArchiveRefused e) {
            console.complain(words.get(e.key(), e.arguments()));
            return REFUSED;
        }
    }

    private static boolean isReadableFile(Path path) {
        return Files.isReadable(path) && !Files.isDirectory(path);
    }

    /**
     * The key stands in a file (the one that set-up handed out, with its explanations, age's own form, or the key alone)
     * or is asked for; never on the command line.
     */
    private String key(Console console, Words words) throws IOException {
        if (keyFile == null) {
            console.complain(words.get("operations.restore.ask-key"));
            return AgeKeys.normalise(console.secret());
        }
        // Leniently: an older file's explanations may have been saved in another encoding, the key is ASCII.
        String text = new String(Files.readAllBytes(keyFile), StandardCharsets.UTF_8);
        Matcher key = KEY.matcher(text);
        return AgeKeys.normalise(key.find() ? key.group() : text);
    }
}
