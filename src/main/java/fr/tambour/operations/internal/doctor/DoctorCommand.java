package fr.tambour.operations.internal.doctor;

import fr.tambour.operations.internal.command.Console;
import fr.tambour.operations.internal.command.OperatorCommand;
import fr.tambour.operations.internal.doctor.Check.Finding;
import fr.tambour.operations.internal.doctor.Check.Weight;
import fr.tambour.ui.Words;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `tambour doctor`: what is wrong, and what to do about it. */
@Command(name = "doctor")
public class DoctorCommand implements OperatorCommand {

    private static final Logger log = LoggerFactory.getLogger(DoctorCommand.class);

    private final List<Check> checks;
    private final Words french;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true)
    private boolean help;

    DoctorCommand(List<Check> checks, Words words) {
        this.checks = checks;
        this.french = words;
    }

    @Override
    public int run(Console console) {
        Words words = french.in(console.locale());
        List<Finding> findings =
                checks.stream().flatMap(check -> look(check).stream()).toList();
        findings.forEach(finding -> console.say("%-8s %s"
                .formatted(
                        words.get("operations.doctor.weight."
                                + finding.weight().name().toLowerCase(Locale.ROOT)),
                        sentence(finding, words))));
        return findings.stream().anyMatch(finding -> finding.weight() == Weight.WRONG) ? FOUND_SOMETHING : DONE;
    }

    /** One check that fails must not hide what the others found. */
    private static List<Finding> look(Check check) {
        try {
            return check.look();
        } catch (RuntimeException e) {
            log.error(
                    "The doctor could not look: {} is left out",
                    check.getClass().getSimpleName(),
                    e);
            return List.of(
                    Finding.wrong("could-not-look", check.getClass().getSimpleName(), String.valueOf(e.getMessage())));
        }
    }

    private static String sentence(Finding finding, Words words) {
        Object[] arguments = finding.arguments().stream()
                .map(argument -> switch (argument) {
                    case Instant at -> words.moment(at.atZone(ZoneId.systemDefault()));
                    case Number number -> number;
                    default -> argument.toString();
                })
                .toArray();
        return words.get(finding.sentence(), arguments);
    }
}
