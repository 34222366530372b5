package fr.tambour.operations.internal.command;

import fr.tambour.operations.internal.archive.BackupCommand;
import fr.tambour.operations.internal.archive.RestoreCommand;
import fr.tambour.operations.internal.doctor.DoctorCommand;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `tambour` itself: what there is to say to it. Its words are in the bundle, under each command's name. */
@Command(
        name = "tambour",
        subcommands = {
            BackupCommand.class,
            RestoreCommand.class,
            RecoveryKeyCommand.class,
            TownCommand.class,
            TokenCommand.class,
            PasswordLinkCommand.class,
            AuditCommand.class,
            DoctorCommand.class
        },
        sortOptions = false)
class TambourCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true)
    private boolean help;

    static CommandLine line(Locale locale, Factory factory) {
        CommandLine line = new CommandLine(TambourCommand.class, new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type.getPackageName().startsWith("fr.tambour")
                        ? factory.create(type)
                        : CommandLine.defaultFactory().create(type);
            }
        });
        line.setResourceBundle(ResourceBundle.getBundle(
                "fr.tambour.operations.commands",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
        line.setUsageHelpWidth(100);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return line;
    }

    /** `tambour recovery-key confirm`, given to a running instance. The secret never stands on the command line, which others can read. */
    static boolean asksForSecret(List<String> arguments) {
        return arguments.equals(List.of("recovery-key", "confirm"));
    }

    static boolean asksForHelp(List<String> arguments) {
        return arguments.contains("--help") || arguments.contains("-h");
    }

    interface Factory {
        <K> K create(Class<K> type);
    }
}
