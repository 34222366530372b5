package fr.tambour.notice.api;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The quick start of docs/reference/api.md, typed as it stands there. */
class QuickStartTest {

    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

    /** Between the answers of two commands. */
    private static final String NEXT = "--- next ---";

    @Test
    void everyCommandOfTheQuickStartDoesWhatItSays() throws Exception {
        try (ApiTown town = new ApiTown(Dialect.SQLITE)) {
            List<String> answers = typed(commands(), town);
            assertThat(answers).hasSize(7);
            assertThat(answers.get(0)).contains("\"name\":\"Inès Auteur\"").contains("notices:write");
            assertThat(answers.get(1)).isEmpty();
            assertThat(answers.get(2)).contains("\"complete\":true");
            assertThat(answers.get(3)).contains("\"draftState\":\"submitted\"").contains("\"revision\":1");
            assertThat(answers.get(4)).contains("\"publicState\":\"published\"");
            assertThat(answers.get(5)).contains("\"page\":\"https://clairval.example/avis/");
            assertThat(answers.get(6)).contains("\"publicState\":\"withdrawn\"");
        }
    }

    private static List<String> commands() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/reference/api.md")));
        assertThat(block.find()).isTrue();
        return Arrays.stream(block.group(1).split("\n\n")).map(String::strip).toList();
    }

    private static List<String> typed(List<String> commands, ApiTown town) throws IOException, InterruptedException {
        List<String> script = new ArrayList<>();
        // A refused request ends it: none of these may be.
        script.add("set -euo pipefail; curl() { command curl --fail-with-body \"$@\"; }");
        commands.forEach(command -> script.add(command + "\necho; echo '" + NEXT + "'"));
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", String.join("\n", script)).redirectErrorStream(true);
        // No more than the page says that it needs.
        ApiTown.Program approving =
                town.another(town.approver, Set.of("notices:approve", "notices:publish", "notices:withdraw"));
        bash.environment().put("BASE", town.author.url("").toString());
        bash.environment().put("TOKEN", town.author.token());
        bash.environment().put("APPROVER", approving.token());
        Process typing = bash.start();
        String said = new String(typing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(typing.waitFor()).as("%s", said).isZero();
        return Arrays.stream(said.split(NEXT + "\n", 0)).map(String::strip).toList();
    }
}
