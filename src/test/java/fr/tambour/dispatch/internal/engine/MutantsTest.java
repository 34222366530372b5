package fr.tambour.dispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Would the simulation notice? Each mutant is the core with one line spoilt. */
class MutantsTest {

    private static final int SEEDS = 2_000;
    private static final Path CORE = Path.of("src/main/java/fr/tambour/dispatch/internal/engine");
    private static final Path SIMULATION = Path.of("src/test/java/fr/tambour/dispatch/internal/engine");

    /**
     * @param name what is spoilt
     * @param file of the core
     * @param line as it stands there, once
     * @param spoilt what stands there instead
     */
    record Mutant(String name, String file, String line, String spoilt) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mutant> mutants() {
        return Stream.of(
                new Mutant(
                        "the cursor is not moved",
                        "Clerk",
                        "slice.settle(slice.ofRetries() ? slice.cursor() : page.upTo(), result.tally())",
                        "slice.settle(slice.cursor(), result.tally())"),
                new Mutant(
                        "the end is not looked at when a page begins",
                        "Clerk",
                        "return dispatch.over(now) ? Tally::expired : null;",
                        "return null;"),
                new Mutant(
                        "the end is not looked at when a message leaves",
                        "Flight",
                        "if (page.dispatch().over(now) || !isLeased(now)) {",
                        "if (!isLeased(now)) {"),
                new Mutant(
                        "a withdrawal is not looked at when a page begins",
                        "Clerk",
                        "if (dispatch.state() == State.STOPPED) {",
                        "if (dispatch.state() == State.SETTLED) {"),
                new Mutant(
                        "a lost lease may settle",
                        "Clerk",
                        "slice.fence() != page.fence() || !slice.underWay()",
                        "!slice.underWay()"),
                new Mutant(
                        "a page is settled twice",
                        "Clerk",
                        "slice.fence() != page.fence() || !slice.underWay()",
                        "slice.fence() != page.fence()"),
                new Mutant("a new lease keeps the old fence", "Slice", "fence + 1", "fence"),
                new Mutant(
                        "a page is taken while another node has it",
                        "Clerk",
                        "            if (!slice.free(now, policy.lease())) {\n                again = earlier(again, slice.leasedUntil());\n                continue;",
                        "            if (false) {\n                again = earlier(again, slice.leasedUntil());\n                continue;"),
                new Mutant(
                        "a message leaves when the lease has run out",
                        "Flight",
                        "if (page.dispatch().over(now) || !isLeased(now)) {",
                        "if (page.dispatch().over(now)) {"),
                new Mutant(
                        "a withdrawal does not wait for the page under way",
                        "Clerk",
                        "if (ending == null && ledger.olderUnderWay(dispatch)) {",
                        "if (false) {"),
                new Mutant("a slice does not note whom it reached", "Slice", "Math.max(sent, upTo)", "sent"),
                new Mutant(
                        "what may have arrived is sent again where it must not be",
                        "Clerk",
                        "if (free.underWay() && !ledger.repeatable(dispatch)) {",
                        "if (false) {"),
                new Mutant(
                        "a retry stays when it is settled",
                        "Clerk",
                        "            ledger.remove(page.ref(), keys);",
                        "            java.util.Objects.hash(page.ref(), keys);"),
                new Mutant(
                        "a late answer counts although another attempt is under way",
                        "Clerk",
                        "!waiting.awaits(page.lease())",
                        "false"),
                new Mutant(
                        "who waits for a shut origin is forgotten",
                        "Flight",
                        "                queue.forEach(recipient -> findings.parked(recipient, now));\n                finished",
                        "                finished"),
                new Mutant(
                        "who has not answered is forgotten",
                        "Flight",
                        "flying.values().forEach(each -> findings.awaited(each.recipient()));",
                        ""),
                new Mutant(
                        "a dispatch is through although some are to be tried again",
                        "Clerk",
                        "                || ledger.nextRetry(dispatch.ref()).isPresent();",
                        ";"),
                new Mutant("the frontier is not moved", "Clerk", "        ledger.put(cut);\n", ""),
                new Mutant(
                        "a full page is taken for the last", "Clerk", "recipients.size() < policy.pageSize()", "true"),
                new Mutant(
                        "whom nobody told any more is not counted",
                        "Clerk",
                        "ending.apply(ledger.count(dispatch, slice.cursor(), slice.to()))",
                        "ending.apply(0)"),
                new Mutant(
                        "attempts are not counted",
                        "Findings",
                        "int attempts = page.attemptsOf(recipient.key()) + 1;",
                        "int attempts = page.attemptsOf(recipient.key());"),
                new Mutant(
                        "whoever is given up is counted under another reason",
                        "Findings",
                        "toldPerhaps ? Tally.unknown(1) : Tally.failed(reason)",
                        "toldPerhaps ? Tally.unknown(1) : Tally.failed(\"400\")"),
                new Mutant(
                        "whoever is given up has not been told by an earlier attempt",
                        "Findings",
                        "toldPerhaps ? Tally.unknown(1) : Tally.failed(reason)",
                        "Tally.failed(reason)"),
                new Mutant(
                        "why somebody failed is lost when two are added up",
                        "Failures",
                        "more.byReason.forEach((reason, count) -> sum.merge(reason, count, Long::sum));",
                        "more.byReason.forEach((reason, count) -> sum.merge(UNSAID, count, Long::sum));"),
                new Mutant(
                        "who is parked has not been told by an earlier attempt",
                        "Findings",
                        "boolean toldPerhaps = page.isInDoubt(recipient.key());",
                        "boolean toldPerhaps = false;"),
                new Mutant(
                        "who is to wait has not been told by an earlier attempt",
                        "Findings",
                        "inDoubt || page.isInDoubt(recipient.key())",
                        "inDoubt"),
                new Mutant(
                        "whoever nobody answered for in time was not told",
                        "Findings",
                        "inDoubt || page.isInDoubt(recipient.key())",
                        "page.isInDoubt(recipient.key())"),
                new Mutant(
                        "whose end comes before they leave again have not been told",
                        "Findings",
                        "page.isInDoubt(recipient.key()) ? Tally.unknown(1) : Tally.expired(1)",
                        "Tally.expired(1)"),
                new Mutant(
                        "nobody in a page whose holder is gone was told",
                        "Clerk",
                        "free.underWay() ? keys(recipients) : Set.of()",
                        "Set.of()"),
                new Mutant(
                        "a page whose holder is gone reached nobody when nothing leaves any more",
                        "Clerk",
                        "        if (slice.underWay()) {\n            // Its holder",
                        "        if (false) {\n            // Its holder"),
                new Mutant(
                        "a lease is believed that was made before a clock was set back",
                        "Slice",
                        " || leasedUntil.isAfter(now.plus(lease.multipliedBy(2)));",
                        ";"),
                new Mutant(
                        "a wait is believed that was begun before a clock was set back",
                        "Clerk",
                        "\n                && !due.isAfter(now.plus(longest.multipliedBy(3)).plus(policy.answer()));",
                        ";"),
                new Mutant(
                        "who wants it no more when they are tried again is gone",
                        "Clerk",
                        "!known.contains(retry.key())",
                        "true"),
                new Mutant(
                        "who is gone when they are tried again wanted it no more",
                        "Clerk",
                        "!known.contains(retry.key())",
                        "false"),
                new Mutant(
                        "who wants it no more has not been told by an earlier attempt",
                        "Clerk",
                        ": retry.mayHaveArrived() ? Tally.unknown(1) : Tally.stopped(1)",
                        ": Tally.stopped(1)"),
                new Mutant(
                        "whoever is put off alone holds up all at their origin",
                        "Pace",
                        "if (again || areFew(origin, key, now)) {",
                        "if (false) {"),
                new Mutant(
                        "whoever is put off again and again holds up all at their origin",
                        "Pace",
                        "if (again || areFew(origin, key, now)) {",
                        "if (areFew(origin, key, now)) {"),
                new Mutant(
                        "an origin that puts off one after another is not left alone",
                        "Pace",
                        "if (again || areFew(origin, key, now)) {",
                        "if (true) {"),
                new Mutant(
                        "an origin that gave trouble is asked by many at once",
                        "Pace",
                        "(origin.suspect ? !isProbed(origin, now) : origin.inFlight < origin.bound)",
                        "origin.inFlight < origin.bound"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void theSimulationFindsIt(Mutant mutant, @TempDir Path folder) throws Exception {
        try (URLClassLoader spoilt = spoilt(mutant, folder)) {
            Method run = spoilt.loadClass("fr.tambour.dispatch.internal.engine.OneRun")
                    .getMethod("complaint", long.class);
            for (long seed = 0; seed < SEEDS; seed++) {
                if (!((String) run.invoke(null, seed)).isEmpty()) {
                    return;
                }
            }
        }
        fail("%d seeds found nothing wrong", SEEDS);
    }

    private static URLClassLoader spoilt(Mutant mutant, Path folder) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments =
                new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", classPath()));
        for (Path file : files(CORE)) {
            String text = Files.readString(file);
            if (file.getFileName().toString().equals(mutant.file() + ".java")) {
                assertThat(text.split(Pattern.quote(mutant.line()), -1))
                        .as("the line stands there once")
                        .hasSize(2);
                text = text.replace(mutant.line(), mutant.spoilt());
            }
            arguments.add(
                    Files.writeString(sources.resolve(file.getFileName()), text).toString());
        }
        for (Path file : files(SIMULATION)) {
            if (!file.getFileName().toString().endsWith("Test.java")) {
                arguments.add(file.toString());
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                .as("the mutant compiles")
                .isZero();
        return new SpoiltFirst(classes.toUri().toURL());
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .sorted()
                    .toList();
        }
    }

    /** Takes the core's classes from the mutant, all others from where they always are. */
    private static final class SpoiltFirst extends URLClassLoader {

        SpoiltFirst(URL classes) {
            super(new URL[] {classes}, MutantsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("fr.tambour.dispatch.internal.engine.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
