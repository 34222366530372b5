package fr.tambour.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A committed file that is made from the code. The test fails where it is stale; `mvn test -Dgenerate=true` with that
 * test writes it anew.
 */
public record Generated(Path path) {

    public static Generated file(String path) {
        return new Generated(Path.of(path));
    }

    public void mustBe(String content) {
        try {
            if (Boolean.getBoolean("generate")) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, content);
            }
            assertThat(Files.exists(path) ? Files.readString(path) : "")
                    .as("%s is stale: run its test with -Dgenerate=true and commit the file", path)
                    .isEqualTo(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files below a folder of this project that end in `ending`, relative to it, sorted. */
    public static List<String> paths(String folder, String ending) throws IOException {
        Path root = Path.of(folder);
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
