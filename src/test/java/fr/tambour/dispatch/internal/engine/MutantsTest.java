package fr.tambour.dispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Would the simulation notice? Each mutant is the core with one line spoilt. */
class MutantsTest {

    private static final int SEEDS = 2_000;
    /**
     * By which seed each was found before. That one is run first: the order in which seeds are looked at is worth minutes and
     * changes nothing of what is found. Whatever changes the simulation finds them by others; `-Dgenerate=true` writes these down.
     */
    private static final Path BEFORE = Path.of("src/test/resources/fr/tambour/dispatch/internal/engine/mutants.txt");

    private static final Map<String, Long> FOUND_BEFORE = new LinkedHashMap<>();
    private static final Map<String, Long> FOUND = new LinkedHashMap<>();

    private static final Path CORE = Path.of("src/main/java/fr/tambour/dispatch/internal/engine");
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);
    private static final String CLASS_PATH = Stream.of(Clerk.class, Nullable.class)
            .map(MutantsTest::locationOf)
            .collect(Collectors.joining(File.pathSeparator));

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
                        "slice.settle(page.upTo(), result.tally())",
                        "slice.settle(slice.cursor(), result.tally())"),
                new Mutant(
                        "the end is not looked at when a page begins",
                        "Clerk",
                        "return dispatch.isOver(now) ? Tally::expired : null;",
                        "return null;"),
                new Mutant(
                        "the end is not looked at when a message leaves",
                        "Permit",
                        "!revoked && isLeased(now) && !dispatch.isOver(now)",
                        "!revoked && isLeased(now)"),
                new Mutant(
                        "a message leaves the line although its page has landed",
                        "Flight",
                        "        permit.revoke();\n        ground(now);",
                        "        ground(now);"),
                new Mutant(
                        "a page under way goes on although its dispatch is known to be stopped",
                        "Engine",
                        ".forEach(Flight::stop);",
                        ".forEach(Flight::page);"),
                new Mutant(
                        "a withdrawal is not looked at when a page begins",
                        "Clerk",
                        "if (dispatch.state() == State.STOPPED) {",
                        "if (dispatch.state() == State.SETTLED) {"),
                new Mutant(
                        "a lost lease may settle",
                        "Slice",
                        "return underWay && fence == lease.fence();",
                        "return underWay;"),
                new Mutant(
                        "a page is settled twice",
                        "Slice",
                        "return underWay && fence == lease.fence();",
                        "return fence == lease.fence();"),
                new Mutant("a new lease keeps the old fence", "Slice", "fence + 1", "fence"),
                new Mutant(
                        "a page is taken while another node has it",
                        "NextPage",
                        "if (!slice.isFree(now, policy.lease())) {",
                        "if (false) {"),
                new Mutant(
                        "a message leaves when the lease has run out",
                        "Permit",
                        "!revoked && isLeased(now) && !dispatch.isOver(now)",
                        "!revoked && !dispatch.isOver(now)"),
                new Mutant(
                        "a withdrawal does not wait for the page under way",
                        "Clerk",
                        "if (ending == null && ledger.olderUnderWay(dispatch)) {",
                        "if (false) {"),
                new Mutant("a slice does not note whom it reached", "Slice", "Math.max(sent, upTo)", "sent"),
                new Mutant(
                        "who is tried again does not count as reached",
                        "Findings",
                        ".filter(key -> !untold.contains(key))",
                        ".filter(key -> !untold.contains(key) && again.stream().noneMatch(each -> each.key() == key))"),
                new Mutant(
                        "what may have arrived is sent again where it must not be",
                        "NextPage",
                        "if (free.underWay() && !ledger.repeatable(dispatch)) {",
                        "if (false) {"),
                new Mutant(
                        "a retry stays when it is settled",
                        "Clerk",
                        "            ledger.remove(page.ref(), page.keys());",
                        "            java.util.Objects.hash(page.ref(), page.keys());"),
                new Mutant(
                        "a late answer counts although another attempt is under way",
                        "Clerk",
                        "!waiting.awaits(page.lease())",
                        "false"),
                new Mutant(
                        "what came late is lost where its page had to be written once more",
                        "Engine",
                        "            orders.addAll(flight.late());\n",
                        ""),
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
                        "                || ledger.nextRetry(ref).isPresent();",
                        ";"),
                new Mutant("the frontier is not moved", "Cut", "        ledger.put(cut);\n", ""),
                new Mutant("a full page is taken for the last", "NextPage", "recipients.size() < size", "true"),
                new Mutant(
                        "whom nobody told any more is not counted",
                        "WindUp",
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
                        "if (page.isInDoubt(recipient.key())) {\n            others = others.plus(Tally.unknown(1));",
                        "if (false) {\n            others = others.plus(Tally.unknown(1));"),
                new Mutant(
                        "nobody in a page whose holder is gone was told",
                        "NextPage",
                        "free.underWay() ? keys(recipients) : Set.of()",
                        "Set.of()"),
                new Mutant(
                        "a page whose holder is gone reached nobody when nothing leaves any more",
                        "WindUp",
                        "        if (slice.underWay()) {\n            // Its holder",
                        "        if (false) {\n            // Its holder"),
                new Mutant(
                        "a lease is believed that was made before a clock was set back",
                        "Slice",
                        " || leasedUntil.isAfter(now.plus(lease.multipliedBy(2)));",
                        ";"),
                new Mutant(
                        "a wait is believed that was begun before a clock was set back",
                        "NextPage",
                        "if (!retries.wasPutOffLater(now, policy.lease())) {",
                        "if (true) {"),
                new Mutant(
                        "who comes amid a page that is repeated cuts it short",
                        "NextPage",
                        "int size = free.underWay() ? Integer.MAX_VALUE : policy.sizes().page();",
                        "int size = policy.sizes().page();"),
                new Mutant(
                        "whoever is away when they are tried again is not told",
                        "NextPage",
                        "Set<Long> away = ledger.away(dispatch, keys);",
                        "Set<Long> away = Set.of();"),
                new Mutant(
                        "an emergency waits for as long as its origin asks",
                        "Origin",
                        "if (!urgent || shutUntil.equals(Instant.MIN)) {",
                        "if (true) {"),
                new Mutant(
                        "an emergency waits behind everybody else",
                        "Origin",
                        "Instant last = urgent ? urgentLine : line;",
                        "Instant last = later(urgentLine, line);"),
                new Mutant(
                        "whoever waits for an origin does not hear that it answers",
                        "Engine",
                        "if (!answering.isEmpty()) {",
                        "if (false) {"),
                new Mutant(
                        "nobody is known to wait for an origin",
                        "PageResult",
                        "return reason.equals(PARKED) ? origin : \"\";",
                        "return \"\";"),
                new Mutant(
                        "who wants it no more when they are tried again is gone",
                        "NextPage",
                        "!known.contains(retry.key())",
                        "true"),
                new Mutant(
                        "who is gone when they are tried again wanted it no more",
                        "NextPage",
                        "!known.contains(retry.key())",
                        "false"),
                new Mutant(
                        "who wants it no more has not been told by an earlier attempt",
                        "NextPage",
                        ": retry.mayHaveArrived() ? Tally.unknown(1) : Tally.stopped(1)",
                        ": Tally.stopped(1)"),
                new Mutant(
                        "whoever is put off alone holds up all at their origin",
                        "Origin",
                        "if (again || areFew(whom, now)) {",
                        "if (false) {"),
                new Mutant(
                        "whoever is put off again and again holds up all at their origin",
                        "Origin",
                        "if (again || areFew(whom, now)) {",
                        "if (areFew(whom, now)) {"),
                new Mutant(
                        "who is put off together with others is forgotten",
                        "Retry",
                        "retries.add(of(page, all.getFirst().of(keys.getFirst()), keys.subList(1, keys.size()), now));",
                        "retries.add(of(page, all.getFirst().of(keys.getFirst()), java.util.List.of(), now));"),
                new Mutant(
                        "whom an attempt may have reached is put off together with those whom nothing has",
                        "PageResult",
                        "return attempts > 0 || inDoubt;",
                        "return attempts > 0;"),
                new Mutant(
                        "of those who were put off together one is counted when nothing leaves any more",
                        "WindUp",
                        ": ending.apply(retry.size())",
                        ": ending.apply(1)"),
                new Mutant(
                        "who is gone stands for those who were put off together with them",
                        "NextPage",
                        ".flatMap(retry -> retry.who(there).stream())",
                        ".filter(retry -> there.contains(retry.key()))"),
                new Mutant(
                        "those of several towns who are put off are one",
                        "Pace",
                        "new Whom(dispatch.ref().town(), dispatch.channel()",
                        "new Whom(0, dispatch.channel()"),
                new Mutant(
                        "an origin that puts off one after another is not left alone",
                        "Origin",
                        "if (again || areFew(whom, now)) {",
                        "if (true) {"),
                new Mutant(
                        "whoever waits for a dead origin is given up although they have only begun to",
                        "Findings",
                        "running(now).compareTo(retrying.persistence()) >= 0",
                        "true"),
                new Mutant(
                        "whoever is gone is not counted",
                        "Findings",
                        "others = others.plus(Tally.gone(1));",
                        "others = others.plus(Tally.NONE);"),
                new Mutant("who is gone is lost when two are added up", "Tally", "gone + more.gone,", "gone,"),
                new Mutant(
                        "whoever is gone stays",
                        "Clerk",
                        "            enter(ledger, page, result);\n            ledger.put(slice.settle(page.upTo()",
                        "            enter(ledger, page, new PageResult(result.tally(), List.of(), result.again(), result.missed(), result.reached()));\n            ledger.put(slice.settle(page.upTo()"),
                new Mutant(
                        "whoever is gone stays if they say so late",
                        "Clerk",
                        "enter(ledger, page, result);\n        ledger.put(retries",
                        "enter(ledger, page, new PageResult(result.tally(), List.of(), result.again(), result.missed(), result.reached()));\n        ledger.put(retries"),
                new Mutant(
                        "a page begins of what is held",
                        "Clerk",
                        "if (ending == null && dispatch.held()) {",
                        "if (false) {"),
                new Mutant(
                        "an origin that gave trouble is asked by many at once",
                        "Origin",
                        "(suspect ? !isProbed(now) : inFlight < bound)",
                        "inFlight < bound"),
                new Mutant(
                        "who missed it as their page was settled is not noted",
                        "Clerk",
                        "        ledger.missed(page.dispatch(), result.missed());\n",
                        ""),
                new Mutant(
                        "who was told is noted with those of their page who missed it",
                        "Clerk",
                        "ledger.missed(page.dispatch(), result.missed());",
                        "ledger.missed(page.dispatch(), result.missed().isEmpty() ? List.of() : page.keys());"),
                new Mutant(
                        "who missed it by a page whose holder is gone is not noted",
                        "WindUp",
                        "            ledger.missed(dispatch, slice.cursor(), slice.begun());\n",
                        ""),
                new Mutant(
                        "who missed it as they were to be tried again is not noted",
                        "WindUp",
                        "        ledger.missed(dispatch, left.stream().flatMap(Retry::keys).toList());\n",
                        ""),
                new Mutant(
                        "of those who were put off together one is noted",
                        "WindUp",
                        "left.stream().flatMap(Retry::keys)",
                        "left.stream().map(Retry::key)"),
                new Mutant(
                        "whom an earlier attempt may have reached is not noted",
                        "Findings",
                        "        missed.add(recipient.key());\n        if (page.isInDoubt(recipient.key())) {",
                        "        if (!page.isInDoubt(recipient.key())) missed.add(recipient.key());\n        if (page.isInDoubt(recipient.key())) {"),
                new Mutant(
                        "whom some of it has reached was not told",
                        "Findings",
                        "pause, true, \"unfinished\"",
                        "pause, false, \"unfinished\""),
                new Mutant(
                        "whoever is told some of it has failed",
                        "Findings",
                        "page.attemptsOf(recipient.key()), pause, true, \"unfinished\"",
                        "page.attemptsOf(recipient.key()) + 1, pause, true, \"unfinished\""),
                new Mutant(
                        "whoever was told some of it is not told the rest",
                        "Findings",
                        "case Outcome.Unfinished u -> unfinished(recipient, now);",
                        "case Outcome.Unfinished u -> others = others.plus(Tally.unknown(1));"),
                new Mutant(
                        "whoever answers message by message is silent",
                        "Engine",
                        "case Event.Heard heard -> flight.heard(heard.recipient(), now);",
                        "case Event.Heard heard -> {}"));
    }

    @BeforeAll
    static void remember() throws IOException {
        for (String line : Files.readAllLines(BEFORE)) {
            String[] seedAndName = line.strip().split(" ", 2);
            FOUND_BEFORE.put(seedAndName[1], Long.parseLong(seedAndName[0]));
        }
    }

    @AfterAll
    static void writeDown() throws IOException {
        if (Boolean.getBoolean("generate")) {
            StringBuilder lines = new StringBuilder();
            FOUND.forEach((name, seed) -> lines.append("%4d %s%n".formatted(seed, name)));
            Files.writeString(BEFORE, lines);
        } else if (!FOUND.equals(FOUND_BEFORE)) {
            System.out.printf("Not all were found by the seeds in %s: -Dgenerate=true writes down by which.%n", BEFORE);
        }
    }

    /** All of them, the one that found it before first. */
    private static LongStream seeds(Mutant mutant) {
        long before = FOUND_BEFORE.getOrDefault(mutant.name(), 0L);
        return LongStream.concat(
                LongStream.of(before).filter(seed -> seed >= 0 && seed < SEEDS),
                LongStream.range(0, SEEDS).filter(seed -> seed != before));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void theSimulationFindsIt(Mutant mutant, @TempDir Path folder) throws Exception {
        Method run = new SpoiltFirst(compiled(mutant, folder))
                .loadClass(OneRun.class.getName())
                .getMethod("complaint", long.class);
        for (long seed : seeds(mutant).toArray()) {
            String complaint = (String) run.invoke(null, seed);
            if (!complaint.isEmpty()) {
                FOUND.put(mutant.name(), seed);
                System.out.printf(
                        "%s: seed %d, %s%n",
                        mutant, seed, complaint.lines().findFirst().orElseThrow());
                return;
            }
        }
        fail("%d seeds found nothing wrong", SEEDS);
    }

    /** The one file that is spoilt: all others are as they are. */
    private static Path compiled(Mutant mutant, Path folder) throws IOException {
        String text = Files.readString(CORE.resolve(mutant.file() + ".java"));
        assertThat(text.split(Pattern.quote(mutant.line()), -1))
                .as("the line stands there once")
                .hasSize(2);
        Path source = Files.writeString(
                folder.resolve(mutant.file() + ".java"), text.replace(mutant.line(), mutant.spoilt()));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> options = List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", CLASS_PATH);
        assertThat(COMPILER.getTask(null, FILES, null, options, null, FILES.getJavaFileObjects(source))
                        .call())
                .as("the mutant compiles")
                .isTrue();
        return classes;
    }

    private static String locationOf(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    /** Takes the core's classes from the mutant where they are spoilt, and makes all of them and the simulation anew. */
    private static final class SpoiltFirst extends ClassLoader {

        private final Path spoilt;

        SpoiltFirst(Path spoilt) {
            super(MutantsTest.class.getClassLoader());
            this.spoilt = spoilt;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(OneRun.class.getPackageName() + ".")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? made(name) : loaded;
            }
        }

        private Class<?> made(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            try (InputStream code = Files.exists(spoilt.resolve(file))
                    ? Files.newInputStream(spoilt.resolve(file))
                    : getResourceAsStream(file)) {
                if (code == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = code.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
