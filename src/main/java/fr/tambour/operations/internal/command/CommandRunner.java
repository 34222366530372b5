package fr.tambour.operations.internal.command;

import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.stereotype.Component;
import picocli.CommandLine;

/** Runs a command inside an instance, or inside a process that stands in for one that does not run. */
@Component
class CommandRunner {

    private static final Logger log = LoggerFactory.getLogger(CommandRunner.class);

    private final AutowireCapableBeanFactory beans;
    private final Words words;

    CommandRunner(AutowireCapableBeanFactory beans, Words words) {
        this.beans = beans;
        this.words = words;
    }

    /** @return the exit status; whatever goes wrong is told on the console */
    int run(List<String> arguments, Console console) {
        CommandLine line = TambourCommand.line(console.locale(), this::make);
        try {
            CommandLine.ParseResult parsed = line.parseArgs(arguments.toArray(String[]::new));
            CommandLine last = parsed.asCommandLineList().getLast();
            if (last.isUsageHelpRequested() || !(last.getCommand() instanceof OperatorCommand)) {
                print(last::usage, console::say);
                return last.isUsageHelpRequested() ? OperatorCommand.DONE : OperatorCommand.REFUSED;
            }
            return ((OperatorCommand) last.getCommand()).run(console);
        } catch (CommandLine.ParameterException e) {
            console.complain(misunderstood(e, words.in(console.locale())));
            print(e.getCommandLine()::usage, console::complain);
            return OperatorCommand.REFUSED;
        } catch (Refusal e) {
            console.complain(words.in(console.locale()).get(e.key(), e.args()));
            return OperatorCommand.REFUSED;
        } catch (Exception e) {
            // The arguments may hold names of people: the log gets the command's name only.
            log.error("The command {} failed; nothing says how far it came", name(arguments), e);
            console.complain(words.in(console.locale()).get("operations.failed", reason(e)));
            return OperatorCommand.REFUSED;
        }
    }

    /** In the language of the usage that follows; picocli's own sentences are English. */
    private static String misunderstood(CommandLine.ParameterException e, Words said) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            return said.get("operations.usage.unknown", String.join(" ", unmatched.getUnmatched()), command);
        }
        if (e instanceof CommandLine.MissingParameterException missing) {
            return said.get(
                    "operations.usage.missing",
                    missing.getMissing().stream().map(CommandRunner::label).collect(Collectors.joining(", ")));
        }
        return e.getArgSpec() == null
                ? said.get("operations.usage.misunderstood", command)
                : said.get("operations.usage.value", label(e.getArgSpec()));
    }

    private static String label(CommandLine.Model.ArgSpec argument) {
        return argument instanceof CommandLine.Model.OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private <K> K make(Class<K> type) {
        return type.cast(beans.createBean(type));
    }

    private static void print(Consumer<PrintWriter> usage, Consumer<String> lines) {
        StringWriter text = new StringWriter();
        usage.accept(new PrintWriter(text));
        text.toString().stripTrailing().lines().forEach(lines);
    }

    private static String name(List<String> arguments) {
        return arguments.stream()
                .limit(2)
                .takeWhile(argument -> argument.matches("[a-z-]{1,20}"))
                .collect(Collectors.joining(" "));
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
