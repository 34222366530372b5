package fr.tambour.notice.studio;

import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DeskQueries.Order;
import fr.tambour.notice.DeskQueries.Page;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Lifecycle.Standing;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.StaffNotice;
import fr.tambour.notice.StaffNotice.HistoryEntry;
import fr.tambour.notice.StaffNotice.Revision;
import fr.tambour.people.PersonId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** How a notice came to stand where it does, a few steps or versions at a time, the newest first. */
@Component
class Past {

    private static final int SHOWN = 20;

    private final DeskQueries queries;
    private final Names names;
    private final Clock clock;

    Past(DeskQueries queries, Names names, Clock clock) {
        this.queries = queries;
        this.names = names;
        this.clock = clock;
    }

    static String stepsPath(Here here) {
        return here.path() + "/historique";
    }

    static String versionsPath(Here here) {
        return here.path() + "/versions";
    }

    /** @param after cursor of the newer page; null: from the newest */
    Stretch<ReadingPage.Step> steps(Here here, @Nullable String after) {
        Page<HistoryEntry> page = queries.history(here.town().id(), here.id(), Order.NEWEST_FIRST, after, SHOWN);
        Map<PersonId, String> people = people(page.rows().stream().flatMap(entry -> entry.person().stream()));
        Instant now = clock.instant();
        return stretch(
                page.map(entry -> new ReadingPage.Step(
                        Names.moment(here.town(), here.words(), entry.at(), now),
                        entry.person()
                                .map(people::get)
                                .orElseGet(() -> here.words().get("notice.by-clock")),
                        here.words().get(Labels.action(entry.action())),
                        entry.reason())),
                stepsPath(here));
    }

    /**
     * @param read the version on show, 0 for none
     * @param after cursor of the newer page; null: from the newest
     */
    Stretch<ReadingPage.Version> versions(Here here, StaffNotice notice, int read, @Nullable String after) {
        Page<Revision> page = queries.revisions(here.town().id(), here.id(), Order.NEWEST_FIRST, after, SHOWN);
        Map<PersonId, String> people = people(page.rows().stream().map(Revision::submittedBy));
        int shown = notice.published().map(PublishedNotice::revision).orElse(0);
        Standing stands = new Standing(DraftState.NONE, notice.standing().publicState());
        Instant now = clock.instant();
        return stretch(
                page.map(revision -> new ReadingPage.Version(
                        revision.number(),
                        Names.moment(here.town(), here.words(), revision.submittedAt(), now),
                        people.getOrDefault(revision.submittedBy(), ""),
                        revision.number() == shown ? here.words().get(Labels.state(stands)) : "",
                        Labels.look(stands),
                        revision.number() == read)),
                versionsPath(here));
    }

    private Map<PersonId, String> people(Stream<PersonId> persons) {
        List<PersonId> ids = persons.distinct().toList();
        return ids.isEmpty() ? Map.of() : names.people(ids);
    }

    private static <T> Stretch<T> stretch(Page<T> page, String path) {
        return new Stretch<>(
                page.rows(),
                page.next()
                        .map(cursor -> UriComponentsBuilder.fromPath(path)
                                .queryParam("apres", cursor)
                                .toUriString())
                        .orElse(null));
    }
}
