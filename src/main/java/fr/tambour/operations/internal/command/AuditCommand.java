package fr.tambour.operations.internal.command;

import fr.tambour.audit.AuditReport;
import fr.tambour.audit.AuditReport.Finding;
import fr.tambour.audit.AuditVerifier;
import fr.tambour.ui.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `tambour audit …` */
@Command(name = "audit", subcommands = AuditCommand.Verify.class)
class AuditCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true)
    private boolean help;

    /** `tambour audit verify`: is the journal as it was written? */
    @Command(name = "verify")
    static class Verify implements OperatorCommand {

        private final AuditVerifier verifier;
        private final Words french;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true)
        private boolean help;

        Verify(AuditVerifier verifier, Words words) {
            this.verifier = verifier;
            this.french = words;
        }

        @Override
        public int run(Console console) {
            Words words = french.in(console.locale());
            return switch (verifier.verify()) {
                case AuditReport.Intact intact -> tell(intact, words, console);
                case AuditReport.Broken broken -> tell(broken, words, console);
            };
        }

        private static int tell(AuditReport.Intact intact, Words words, Console console) {
            console.say(words.get("operations.audit.intact", intact.entries()));
            if (intact.head() < intact.entries()) {
                console.say(words.get("operations.audit.head-behind", intact.head(), intact.entries()));
            }
            return DONE;
        }

        private static int tell(AuditReport.Broken broken, Words words, Console console) {
            console.complain(
                    words.get("operations.audit.broken", broken.findings().size()));
            broken.findings().forEach(finding -> console.complain("- " + sentence(finding, words)));
            console.complain(words.get("operations.audit.what-to-do"));
            return FOUND_SOMETHING;
        }

        private static String sentence(Finding finding, Words words) {
            return switch (finding) {
                case Finding.Altered f -> words.get("operations.audit.altered", f.number());
                case Finding.Missing f -> words.get("operations.audit.missing", f.from(), f.to());
                case Finding.Inserted f -> words.get("operations.audit.inserted", f.number());
                case Finding.Cut f -> words.get("operations.audit.cut", f.last(), f.head());
                case Finding.Rewritten f -> words.get("operations.audit.rewritten", f.number());
                case Finding.HeadMissing f -> words.get("operations.audit.head-missing");
                case Finding.HeadUnreadable f -> words.get("operations.audit.head-unreadable");
            };
        }
    }
}
