package fr.tambour.operations.internal.doctor;

import fr.tambour.operations.internal.command.Console;
import fr.tambour.operations.internal.command.OperatorCommand;
import fr.tambour.operations.internal.doctor.Check.Finding;
import fr.tambour.operations.internal.doctor.Check.Weight;
import fr.tambour.storage.ServerUrlRefused;
import java.nio.file.Path;
import java.sql.SQLException;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the doctor says where Tambour cannot even be opened: what the machine shows, and why it does not start. */
public final class FailedStart {

    private static final int DEPTH = 20;

    private static final String SERVER_SETTING = "server-setting";

    private final Path data;
    private final Console console;

    public FailedStart(Path data, Console console) {
        this.data = data;
        this.console = console;
    }

    /** @return the doctor's exit status */
    public int tell(Throwable why) {
        List<Finding> findings = new ArrayList<>(new MachineCheck(
                        data,
                        "true",
                        Clock.systemUTC(),
                        () -> Duration.ZERO,
                        InstantSource.system(),
                        MachineCheck.SPACE_NEEDED)
                .look());
        findings.add(of(why));
        findings.forEach(finding -> console.say("%-8s %s"
                .formatted(
                        say("weight." + finding.weight().name().toLowerCase(Locale.ROOT)),
                        say(finding.key(), finding.arguments().toArray()))));
        return findings.stream().anyMatch(finding -> finding.weight() == Weight.WRONG)
                ? OperatorCommand.FOUND_SOMETHING
                : OperatorCommand.DONE;
    }

    /** For any other command: one sentence in one language; empty where nothing of ours says why. */
    public Optional<String> sentence(Throwable why) {
        Finding finding = of(why);
        return finding.key().equals("cannot-start")
                ? ours(why)
                : Optional.of(say(finding.key(), finding.arguments().toArray()));
    }

    static Finding of(Throwable why) {
        return causes(why)
                .filter(ServerUrlRefused.class::isInstance)
                .map(ServerUrlRefused.class::cast)
                .findFirst()
                .map(refused -> Finding.wrong(SERVER_SETTING, refused.setting(), refused.like()))
                .orElseGet(() -> ofAnother(why));
    }

    private static Finding ofAnother(Throwable why) {
        // Ours say in one sentence what is wrong and what to do.
        return ours(why)
                .map(sentence -> Finding.wrong("cannot-start", sentence))
                .or(() -> innermost(why, SQLException.class::isInstance)
                        .map(sentence -> Finding.wrong("database-silent", sentence)))
                .orElseGet(() -> Finding.wrong(
                        "cannot-start",
                        innermost(why, cause -> cause.getMessage() != null).orElse(why.toString())));
    }

    private static Optional<String> innermost(Throwable why, Predicate<Throwable> wanted) {
        return causes(why)
                .filter(wanted)
                .reduce((outer, inner) -> inner)
                .map(cause -> String.valueOf(cause.getMessage()));
    }

    private static Optional<String> ours(Throwable why) {
        return innermost(why, cause -> cause.getClass().getPackageName().startsWith("fr.tambour"));
    }

    private static Stream<Throwable> causes(Throwable why) {
        return Stream.iterate(why, cause -> cause != null, Throwable::getCause).limit(DEPTH);
    }

    private String say(String key, Object... arguments) {
        Object[] shown = Stream.of(arguments)
                .map(argument -> argument instanceof Number
                        ? argument
                        : argument instanceof Instant at ? at.atZone(ZoneId.systemDefault()) : argument.toString())
                .toArray();
        String pattern = ResourceBundle.getBundle("fr.tambour.operations.messages", console.locale())
                .getString("operations.doctor." + key);
        return new MessageFormat(pattern, console.locale()).format(shown);
    }
}
