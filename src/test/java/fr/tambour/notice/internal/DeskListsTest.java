package fr.tambour.notice.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.DeskQueries.Page;
import fr.tambour.notice.DeskQueries.Row;
import fr.tambour.notice.DeskQueries.Selection;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeTown;
import fr.tambour.notice.PublicState;
import fr.tambour.storage.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The studio's lists: each page continues the one before, and none is slower in a town with ten years behind it. */
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.notice.NoticeTown#onBothEngines")
class DeskListsTest {

    private final NoticeTown house;
    private final JdbcDeskQueries queries;

    DeskListsTest(NoticeTown house) {
        this.house = house;
        this.queries = house.server().bean(JdbcDeskQueries.class);
    }

    @Test
    void noticesTouchedAtOneInstantAreAllReadAcrossPagesWhateverIsAskedFor() {
        List<NoticeId> withdrawn = IntStream.range(0, 5)
                .mapToObj(n -> house.publish(house.news("Avis " + n, "Résumé.", "Texte.")))
                .toList();
        withdrawn.forEach(id -> house.withdraw(id, "Une erreur."));
        NoticeId stands = house.publish(house.news("En ligne", "Résumé.", "Texte."));

        assertThat(walked(Selection.shown(PublicState.WITHDRAWN))).containsExactlyElementsOf(withdrawn.reversed());
        assertThat(walked(Selection.ALL))
                .containsAll(withdrawn)
                .contains(stands)
                .doesNotHaveDuplicates();
        assertThat(walked(new Selection(null, null, Kind.NEWS, null, "")))
                .containsExactlyElementsOf(walked(Selection.ALL));
    }

    private List<NoticeId> walked(Selection selection) {
        List<NoticeId> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<Row> page = queries.list(house.town().id(), selection, cursor, 2);
            page.rows().stream().map(Row::id).forEach(all::add);
            cursor = page.next().orElse(null);
        } while (cursor != null);
        return all;
    }

    @Test
    void everyListIsReadInTheOrderOfAnIndexSoThatItStopsAtItsLimit() {
        List<Selection> lists = List.of(
                Selection.ALL,
                Selection.drafts(DraftState.SUBMITTED),
                Selection.shown(PublicState.EXPIRED),
                new Selection(null, null, Kind.PRACTICAL, null, ""));
        for (Selection list : lists) {
            for (boolean further : List.of(false, true)) {
                assertThat(plan(list, further))
                        .as("%s, %s", list, further ? "a later page" : "the first page")
                        .containsPattern("notice_(touched|drafts|shown|kinds)")
                        .doesNotContain("TEMP B-TREE")
                        .doesNotContain("Sort");
            }
        }
    }

    /** What the engine would do; PostgreSQL, which prefers to sort a few rows, is shown that there may be many. */
    private String plan(Selection list, boolean further) {
        JdbcClient jdbc = house.server().bean(JdbcClient.class);
        Database database = house.server().bean(Database.class);
        return house.server().bean(TransactionTemplate.class).execute(status -> {
            String explain = database.pick("EXPLAIN QUERY PLAN ", "EXPLAIN ");
            Stream.of(database.pick("", "seqscan bitmapscan sort").split(" "))
                    .filter(way -> !way.isEmpty())
                    .forEach(way ->
                            jdbc.sql("SET LOCAL enable_" + way + " = off").update());
            return String.join(
                    "\n",
                    jdbc.sql(explain + queries.listed(list, further))
                            .param("town", house.town().id().value())
                            .param(
                                    "draft",
                                    list.draft() == null ? null : list.draft().name())
                            .param(
                                    "shown",
                                    list.publicState() == null
                                            ? null
                                            : list.publicState().name())
                            .param(
                                    "kind",
                                    list.kind() == null ? null : list.kind().name())
                            .param("touched", 0L)
                            .param("last", 0L)
                            .param("limit", 50)
                            .query((row, n) -> row.getString(row.getMetaData().getColumnCount()))
                            .list());
        });
    }
}
