package fr.tambour.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {

    private static final byte[] OLD = "old".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEW = "new, and longer".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("a file");
    }

    @Test
    void isReadableByItsOwnerAloneWhetherItIsNewOrReplacesAnother() throws IOException {
        DurableFile.write(file(), OLD);
        assertPrivate(file());

        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
        DurableFile.write(file(), NEW);

        assertPrivate(file());
        assertThat(file()).hasBinaryContent(NEW);
        assertThat(names()).containsExactly("a file");
    }

    @Test
    void isPrivateAndHasAnotherNameInTheSameFolderUntilItIsWhole() throws IOException {
        try (DurableFile file = DurableFile.begin(file())) {
            file.content().write(NEW);
            assertThat(file()).doesNotExist();
            assertThat(names()).singleElement().satisfies(draft -> {
                assertThat(draft).startsWith("a file.").endsWith(DurableFile.UNFINISHED);
                assertPrivate(folder.resolve(draft));
            });
            file.keep();
        }
        assertThat(file()).hasBinaryContent(NEW);
        assertThat(names()).containsExactly("a file");
    }

    @Test
    void leavesNothingWhenItIsNotKept() throws IOException {
        try (DurableFile file = DurableFile.begin(file())) {
            file.content().write(NEW);
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void isNotCreatedWhereThereIsOne() throws IOException {
        DurableFile.create(file(), OLD);
        assertThatThrownBy(() -> DurableFile.create(file(), NEW)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> DurableFile.begin(file())).isInstanceOf(FileAlreadyExistsException.class);

        assertThat(file()).hasBinaryContent(OLD);
        assertThat(names()).containsExactly("a file");
    }

    @Test
    void isNotKeptOverOneThatCameMeanwhile() throws IOException {
        try (DurableFile file = DurableFile.begin(file())) {
            file.content().write(NEW);
            Files.write(file(), OLD);
            assertThatThrownBy(file::keep).isInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(file()).hasBinaryContent(OLD);
        assertThat(names()).containsExactly("a file");
    }

    @Test
    void leavesNothingBehindWhenItCannotHaveItsName() throws IOException {
        Files.createDirectories(file().resolve("something"));
        assertThatIOException().isThrownBy(() -> DurableFile.write(file(), NEW));
        assertThat(names()).containsExactly("a file");
    }

    @Test
    void needsItsFolder() {
        assertThatThrownBy(() -> DurableFile.write(folder.resolve("nowhere").resolve("file"), NEW))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void isOneOfThoseWrittenAtTheSameMomentAndWhole() throws Exception {
        try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
            List<Callable<Void>> all = IntStream.range(0, 64)
                    .<Callable<Void>>mapToObj(n -> () -> {
                        DurableFile.write(
                                file(), String.valueOf(n % 10).repeat(5_000).getBytes(StandardCharsets.US_ASCII));
                        return null;
                    })
                    .toList();
            for (Future<Void> one : writers.invokeAll(all)) {
                one.get();
            }
        }
        assertThat(Files.readString(file())).hasSize(5_000).matches("(.)\\1*");
        assertThat(names()).containsExactly("a file");
    }

    /** The kernel refuses the write, as it does on a full disk: no process may write more than 8 KiB here. */
    @Test
    void aDiskThatTakesNoMoreLeavesTheOldFileAndNothingElse() throws Exception {
        DurableFile.write(file(), OLD);
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -f 8; exec \"$@\"",
                        "bash",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(Writer.REFUSED);
        assertThat(file()).hasBinaryContent(OLD);
        assertThat(names()).containsExactly("a file");
    }

    /** Writes more than it may. */
    static final class Writer {

        static final int REFUSED = 3;

        private Writer() {}

        public static void main(String[] arguments) {
            try {
                DurableFile.write(Path.of(arguments[0]), new byte[100_000]);
            } catch (IOException e) {
                System.out.println(e);
                System.exit(REFUSED);
            }
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void assertPrivate(Path file) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
