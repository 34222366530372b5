package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.TownId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What activities are known by. */
class ActivitiesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final TownId TOWN = new TownId(1);
    private static final Actor VILLE = TestAccounts.of(TOWN, 7, "ville");
    private static final String NOTE = "https://clairval.example/avis/0NK2B8X4T9QZ1";

    private static ObjectNode note() {
        return JsonMapper.shared().createObjectNode().put("id", NOTE).put("type", "Note");
    }

    private static PublishedNotice second(Instant publishedAt) {
        return new PublishedNotice(
                new NoticeId(5),
                TOWN,
                Kind.NEWS,
                false,
                PublicState.PUBLISHED,
                2,
                "le-bal",
                NOW,
                publishedAt,
                publishedAt,
                NOW.plus(Duration.ofDays(30)),
                1,
                Content.blank(Kind.NEWS, "fr", new TreeSet<>(Set.of("fediverse"))),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private static String update(Instant publishedAt) {
        return Activities.update(note(), second(publishedAt), VILLE).path("id").asString();
    }

    private static String delete(Instant at) {
        return Activities.delete(VILLE, note(), 2, at).path("id").asString();
    }

    /** Its backup may be older than the first. */
    @Test
    void anotherSecondRevisionAfterARestoreIsToldByAnotherActivityAndTheSameOneByTheSame() {
        Instant later = NOW.plus(Duration.ofHours(3));

        assertThat(update(NOW)).startsWith(NOTE + "#update-2").isEqualTo(update(NOW));
        assertThat(update(later)).isNotEqualTo(update(NOW));
        assertThat(delete(NOW)).startsWith(NOTE + "#delete-2").isEqualTo(delete(NOW));
        assertThat(delete(later)).isNotEqualTo(delete(NOW));
    }
}
