package fr.tambour.operations.internal.command;

import fr.tambour.operations.RecoveryKey;
import fr.tambour.ui.Words;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `tambour recovery-key …`: the key that opens backups, where it was not made at set-up or was lost. */
@Command(
        name = "recovery-key",
        subcommands = {RecoveryKeyCommand.Create.class, RecoveryKeyCommand.Confirm.class})
class RecoveryKeyCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true)
    private boolean help;

    /** `tambour recovery-key create` */
    @Command(name = "create")
    static class Create implements OperatorCommand {

        private final RecoveryKey key;
        private final Words french;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true)
        private boolean help;

        Create(RecoveryKey key, Words words) {
            this.key = key;
            this.french = words;
        }

        @Override
        public int run(Console console) {
            Words words = french.in(console.locale());
            console.say(key.create());
            console.complain(words.get("operations.recovery-key.created"));
            return DONE;
        }
    }

    /** `tambour recovery-key confirm` */
    @Command(name = "confirm")
    static class Confirm implements OperatorCommand {

        private final RecoveryKey key;
        private final Words french;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true)
        private boolean help;

        Confirm(RecoveryKey key, Words words) {
            this.key = key;
            this.french = words;
        }

        @Override
        public int run(Console console) {
            Words words = french.in(console.locale());
            RecoveryKey.Confirmation confirmation = key.confirm(console.secret());
            return switch (confirmation) {
                case CONFIRMED -> {
                    console.say(words.get("operations.recovery-key.confirmed"));
                    yield DONE;
                }
                case MISTYPED, ANOTHER_KEY, NOTHING_SHOWN -> {
                    console.complain(words.get("operations.recovery-key."
                            + confirmation.name().toLowerCase(Locale.ROOT).replace('_', '-')));
                    yield REFUSED;
                }
            };
        }
    }
}
