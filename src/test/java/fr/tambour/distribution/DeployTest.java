package fr.tambour.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The unit and the container file that the distribution brings. nginx and Caddy have tests of their own. */
class DeployTest {

    private static final Path DEPLOY = Path.of("src/distribution/deploy");
    private static final Path SYSTEMD_ANALYZE = Path.of("/usr/bin/systemd-analyze");

    /** Docker's reference of the Dockerfile format. */
    private static final Set<String> INSTRUCTIONS = Set.of(
            "FROM",
            "COPY",
            "RUN",
            "USER",
            "WORKDIR",
            "VOLUME",
            "ENV",
            "EXPOSE",
            "STOPSIGNAL",
            "ENTRYPOINT",
            "CMD",
            "LABEL",
            "ARG",
            "ADD",
            "HEALTHCHECK",
            "SHELL",
            "ONBUILD");

    @TempDir
    private Path folder;

    static boolean systemdIsThere() {
        return Files.isExecutable(SYSTEMD_ANALYZE);
    }

    /** Only what must exist on the machine that verifies differs from what is brought. */
    @Test
    @EnabledIf("systemdIsThere")
    void systemdUnderstandsEveryLineOfTheUnit() throws Exception {
        Path unit = folder.resolve("tambour.service");
        Files.writeString(
                unit,
                Files.readString(DEPLOY.resolve("tambour.service"))
                        .replace("/opt/tambour/bin/tambour", "/bin/true")
                        .replace("User=tambour", "User=daemon")
                        .replace("Group=tambour", "Group=daemon"));
        Process verify = new ProcessBuilder(SYSTEMD_ANALYZE.toString(), "verify", "--man=no", unit.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        verify.waitFor();
        assertThat(said.lines().filter(line -> line.contains(unit.getFileName().toString())))
                .as("what systemd says about the unit")
                .isEmpty();
    }

    @Test
    void theContainerFileBringsTheDistributionAndRunsItAsNobodyInParticular() throws IOException {
        List<String> lines;
        try (Stream<String> file = Files.lines(DEPLOY.resolve("Containerfile"))) {
            lines = file.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
        assertThat(lines).allSatisfy(line -> assertThat(INSTRUCTIONS).contains(line.split(" ", 2)[0]));
        assertThat(lines.getFirst()).startsWith("FROM docker.io/library/eclipse-temurin:25");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("RUN "))
                .allSatisfy(run -> assertThat(run)
                        .as("no network beyond the base image")
                        .doesNotContainPattern("apt-get|curl|wget|apk |dnf|pip|npm"));
        int user = lines.indexOf("USER tambour");
        assertThat(user).isPositive();
        assertThat(lines.indexOf("ENTRYPOINT [\"/opt/tambour/bin/tambour\"]")).isGreaterThan(user);
        assertThat(lines).contains("CMD [\"start\"]", "STOPSIGNAL SIGTERM");
        // What COPY takes is what the archive holds.
        String assembly = Files.readString(Path.of("src/distribution/assembly.xml"));
        assertThat(assembly).contains("bin").contains("deploy").contains("conf");
    }
}
