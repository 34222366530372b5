package fr.tambour.notice.studio;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.DeskTown;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.StudioClient;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A notice may have been worked on for years: its page shows what is recent and leads to all the rest. */
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.notice.DeskTown#onBothEngines")
class PastTest {

    private static final Pattern STEP = Pattern.compile("<li><b>([^<]*)</b>");
    private static final Pattern VERSION = Pattern.compile("/versions/(\\d+)\"");

    private final DeskTown town;
    private final NoticeId id;
    private final StudioClient studio;

    PastTest(DeskTown town) {
        this.town = town;
        this.studio = new StudioClient(town.tambour, town.here.slug());
        this.id = worked(town);
    }

    /** Submitted 25 times. */
    private static NoticeId worked(DeskTown town) {
        NoticeId id = town.begun(town.news("Sans cesse repris"));
        for (int n = 0; n < 25; n++) {
            town.submitted(id);
            town.desk.takeBack(town.author, id, "");
        }
        return id;
    }

    private String read(String path) {
        return studio.get(path).body();
    }

    private static List<String> found(Pattern pattern, String page) {
        return pattern.matcher(page).results().map(MatchResult::group).toList();
    }

    /** The address in a page that leads further back. */
    private String older(String page, String list) {
        return Pattern.compile("href=\"(/studio/avis/" + id.ref() + "/" + list + "\\?apres=[^\"]+)\"")
                .matcher(page)
                .results()
                .map(link -> link.group(1))
                .findFirst()
                .orElse("");
    }

    private List<String> walked(Pattern pattern, String list, int pages) {
        String page = read("/studio/avis/" + id.ref() + "/lecture");
        assertThat(found(pattern, page)).hasSize(20);
        List<String> all = new ArrayList<>(found(pattern, page));
        int seen = 1;
        for (String next = older(page, list); !next.isEmpty(); next = older(page, list)) {
            page = read(next);
            assertThat(found(pattern, page)).hasSizeBetween(1, 20);
            all.addAll(found(pattern, page));
            seen++;
        }
        assertThat(page).contains("href=\"/studio/avis/" + id.ref() + "\"");
        assertThat(seen).isEqualTo(pages);
        return all;
    }

    @Test
    void theNewestTwentyAreShownAndLeadToAllTheOlderOnes() {
        studio.signIn("ines@clairval.example", "une phrase assez longue");

        assertThat(walked(STEP, "historique", 3)).hasSize(50);
        assertThat(walked(VERSION, "versions", 2))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 25)
                        .map(n -> 26 - n)
                        .mapToObj(n -> "/versions/" + n + "\"")
                        .toList());
        assertThat(studio.get("/studio/avis/" + id.ref() + "/historique?apres=%27")
                        .statusCode())
                .isEqualTo(400);
    }
}
