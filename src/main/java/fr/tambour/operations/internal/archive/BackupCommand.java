package fr.tambour.operations.internal.archive;

import fr.tambour.operations.internal.command.Console;
import fr.tambour.operations.internal.command.FileRefused;
import fr.tambour.operations.internal.command.OperatorCommand;
import fr.tambour.operations.internal.command.OutputFile;
import fr.tambour.storage.StorageSettings;
import fr.tambour.town.Towns;
import fr.tambour.ui.Words;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `tambour backup FILE`: everything into one encrypted file, while the instance goes on working. */
@Command(name = "backup")
public class BackupCommand implements OperatorCommand {

    private final Backup backup;
    private final Towns towns;
    private final Path data;
    private final Words french;

    @Parameters(paramLabel = "FILE")
    private String file = "";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true)
    private boolean help;

    BackupCommand(Backup backup, Towns towns, StorageSettings settings, Words words) {
        this.backup = backup;
        this.towns = towns;
        this.data = settings.data().toAbsolutePath().normalize();
        this.french = words;
    }

    @Override
    public int run(Console console) throws IOException {
        Words words = french.in(console.locale());
        if (towns.all().isEmpty()) {
            console.complain(words.get("operations.backup.no-town", data));
            return REFUSED;
        }
        try (OutputFile out = console.file(file)) {
            // The encrypting stream closes what it writes to; whether the file is kept is decided here.
            Inventory inventory = backup.write(new Unclosed(out));
            out.keep();
            console.say(words.get("operations.backup.done", file, inventory.allRows(), inventory.files()));
            return DONE;
        } catch (ArchiveRefused e) {
            console.complain(words.get(e.key(), e.arguments()));
        } catch (FileRefused e) {
            console.complain(words.get(e.key(), e.path()));
        } catch (FileAlreadyExistsException e) {
            console.complain(words.get("operations.file.exists", file));
        } catch (IOException e) {
            console.complain(words.get("operations.backup.not-written", file, String.valueOf(e.getMessage())));
        }
        return REFUSED;
    }
}
