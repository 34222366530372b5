package fr.tambour.desk.studio;

import fr.tambour.desk.studio.HomePage.Group;
import fr.tambour.desk.studio.HomePage.Row;
import fr.tambour.notice.Action;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DeskQueries.OffSchedule;
import fr.tambour.notice.DeskQueries.Selection;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicState;
import fr.tambour.people.People;
import fr.tambour.people.PersonId;
import fr.tambour.town.Town;
import fr.tambour.ui.Initials;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The registers of the home page, each a bounded query. */
@Component
class HomeGroups {

    private static final int SHOWN = 8;
    private static final int SHOWN_LIVE = 5;

    /** What did not come out stays in sight until somebody deals with it, whatever was begun since. */
    private static final int SHOWN_OFF_SCHEDULE = 20;

    private static final Duration SOON = Duration.ofHours(48);

    private final DeskQueries notices;
    private final People people;
    private final Clock clock;

    HomeGroups(DeskQueries notices, People people, Clock clock) {
        this.notices = notices;
        this.people = people;
        this.clock = clock;
    }

    /** What the database says, before it is put into words. */
    private record Found(
            List<DeskQueries.Row> review,
            int reviews,
            List<DeskQueries.Row> drafts,
            int draftCount,
            Map<NoticeId, OffSchedule> offSchedule,
            List<DeskQueries.Row> publish,
            List<DeskQueries.Row> live,
            int liveCount,
            List<DeskQueries.Row> ending,
            Map<PersonId, String> names) {}

    @Transactional(readOnly = true)
    public List<Group> of(Town town, Words words) {
        Found found = find(town);
        Wording wording = new Wording(town, words, new Moments(words, town.zone(), clock.instant()), found.names());
        List<Group> groups = new ArrayList<>();
        add(groups, wording.review(found.review(), found.reviews()));
        add(groups, wording.drafts(found.drafts(), found.draftCount(), found.offSchedule()));
        add(groups, wording.publish(found.publish()));
        add(groups, wording.live(found.live(), found.liveCount()));
        add(groups, wording.ending(found.ending()));
        return groups;
    }

    private static void add(List<Group> groups, Group group) {
        if (!group.rows().isEmpty()) {
            groups.add(group);
        }
    }

    private Found find(Town town) {
        Instant now = clock.instant();
        List<DeskQueries.Row> review = list(town, Selection.drafts(DraftState.SUBMITTED), SHOWN);
        Map<NoticeId, OffSchedule> offSchedule = offSchedule(town);
        List<DeskQueries.Row> drafts = drafts(town, offSchedule);
        List<DeskQueries.Row> publish = Stream.concat(
                        notices.scheduled(town.id(), SHOWN).stream(),
                        list(town, Selection.drafts(DraftState.APPROVED), SHOWN).stream()
                                .filter(row -> row.due() == null))
                .limit(SHOWN)
                .toList();
        List<DeskQueries.Row> live = list(town, Selection.shown(PublicState.PUBLISHED), SHOWN_LIVE);
        List<DeskQueries.Row> ending = notices.endingBefore(town.id(), now, now.plus(SOON), SHOWN);
        return new Found(
                review,
                notices.count(town.id(), Selection.drafts(DraftState.SUBMITTED)),
                drafts,
                notices.count(town.id(), Selection.drafts(DraftState.DRAFT))
                        + notices.count(town.id(), Selection.drafts(DraftState.CHANGES_ASKED)),
                offSchedule,
                publish,
                live,
                notices.count(town.id(), Selection.shown(PublicState.PUBLISHED)),
                ending,
                names(Stream.of(review, drafts, publish, live, ending)));
    }

    private Map<NoticeId, OffSchedule> offSchedule(Town town) {
        Map<NoticeId, OffSchedule> found = new LinkedHashMap<>();
        notices.offSchedule(town.id(), SHOWN_OFF_SCHEDULE)
                .forEach(off -> found.put(off.row().id(), off));
        return found;
    }

    /** First what did not come out, then what waits for a change. */
    private List<DeskQueries.Row> drafts(Town town, Map<NoticeId, OffSchedule> offSchedule) {
        return Stream.of(
                        offSchedule.values().stream().map(OffSchedule::row),
                        list(town, Selection.drafts(DraftState.CHANGES_ASKED), SHOWN).stream(),
                        list(town, Selection.drafts(DraftState.DRAFT), SHOWN).stream()
                                .filter(row -> !offSchedule.containsKey(row.id())))
                .flatMap(rows -> rows)
                .limit(Math.max(SHOWN, offSchedule.size()))
                .toList();
    }

    private List<DeskQueries.Row> list(Town town, Selection selection, int limit) {
        return notices.list(town.id(), selection, null, limit).rows();
    }

    private Map<PersonId, String> names(Stream<List<DeskQueries.Row>> lists) {
        Set<PersonId> ids =
                lists.flatMap(List::stream).map(DeskQueries.Row::touchedBy).collect(Collectors.toSet());
        return ids.isEmpty() ? Map.of() : people.namesOf(ids);
    }

    /** Puts rows into the reader's words. */
    private record Wording(Town town, Words words, Moments moments, Map<PersonId, String> names) {

        Group review(List<DeskQueries.Row> rows, int count) {
            return group(
                    "relire",
                    "review",
                    words.get("desk.home.review.count", count),
                    "a-relire",
                    count,
                    rows,
                    row -> row(row, words.get("desk.home.review.by", name(row)), moments.past(row.touchedAt()), false));
        }

        Group drafts(List<DeskQueries.Row> rows, int count, Map<NoticeId, OffSchedule> offSchedule) {
            return group(
                    "ecrire", "draft", words.get("desk.home.draft.count", count), "brouillons", count, rows, row -> {
                        OffSchedule off = offSchedule.get(row.id());
                        return row(
                                row,
                                off == null ? draftSub(row) : offScheduleSub(off),
                                words.get("desk.home.changed", moments.past(row.touchedAt())),
                                off != null);
                    });
        }

        /** It was to come out and did not: whoever counted on it must see that without a letter. */
        private String offScheduleSub(OffSchedule off) {
            String key = off.how() == Action.MISS ? "desk.home.draft.missed" : "desk.home.draft.off-schedule";
            return off.reason().isBlank() ? words.get(key) : words.get(key + ".why", off.reason());
        }

        private String draftSub(DeskQueries.Row row) {
            if (row.standing().draft() == DraftState.CHANGES_ASKED) {
                return words.get("desk.home.draft.asked");
            }
            return row.standing().publicState() == PublicState.NONE ? "" : words.get("desk.home.draft.correction");
        }

        Group publish(List<DeskQueries.Row> rows) {
            return group(
                    "publier",
                    "publish",
                    words.get("desk.home.publish.count"),
                    "",
                    0,
                    rows,
                    row -> row.due() == null
                            ? row(row, words.get("desk.home.publish.waiting"), moments.past(row.touchedAt()), true)
                            : row(row, "", words.get("desk.home.leaves", moments.coming(row.due())), false));
        }

        Group live(List<DeskQueries.Row> rows, int count) {
            List<Row> shown = rows.stream()
                    .map(row -> row(
                            row,
                            row.publicRevision() > 1 ? words.get("desk.home.live.corrected", row.publicRevision()) : "",
                            moments.past(row.publishedAt() == null ? row.touchedAt() : row.publishedAt()),
                            false))
                    .toList();
            return new Group(
                    "en-ligne",
                    words.get("desk.home.live"),
                    words.number(count),
                    true,
                    words.get("desk.home.live.all"),
                    "/studio/avis?etat=en-ligne",
                    shown);
        }

        Group ending(List<DeskQueries.Row> rows) {
            List<Row> shown = rows.stream()
                    .map(row -> row(
                            row,
                            words.get("desk.home.ending.prolong"),
                            row.until() == null ? "" : words.get("desk.home.expires", moments.end(row.until())),
                            false))
                    .toList();
            return new Group(
                    "bientot", words.get("desk.home.ending"), words.number(shown.size()), true, null, null, shown);
        }

        private Group group(
                String id,
                String key,
                String count,
                String state,
                int all,
                List<DeskQueries.Row> rows,
                Function<DeskQueries.Row, Row> wording) {
            int others = all - rows.size();
            return new Group(
                    id,
                    words.get("desk.home." + key),
                    count,
                    false,
                    others > 0 ? words.get("desk.home.more", others) : null,
                    others > 0 ? "/studio/avis?etat=" + state : null,
                    rows.stream().map(wording).toList());
        }

        private Row row(DeskQueries.Row row, String sub, String when, boolean late) {
            String name = name(row);
            return new Row(
                    "/studio/avis/" + row.id().ref(),
                    row.kind().name(),
                    words.get(
                            row.exercise()
                                    ? "notice.exercise"
                                    : "desk.home.kind." + row.kind().name()),
                    row.exercise(),
                    row.title().isBlank() ? words.get("desk.home.untitled") : row.title(),
                    sub,
                    when,
                    late,
                    name,
                    Initials.of(name));
        }

        private String name(DeskQueries.Row row) {
            return names.getOrDefault(row.touchedBy(), "");
        }
    }
}
