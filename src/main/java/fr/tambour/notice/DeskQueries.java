package fr.tambour.notice;

import fr.tambour.people.PersonId;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the studio reads. Lists are bounded and indexed. */
public interface DeskQueries {

    /**
     * One row of a staff list.
     *
     * @param title in the town's first language; may be empty in a draft
     * @param due when it will be published, while scheduled
     * @param until its end, once published
     */
    record Row(
            NoticeId id,
            Kind kind,
            Lifecycle.Standing standing,
            String title,
            Instant touchedAt,
            PersonId touchedBy,
            @Nullable Instant due,
            @Nullable Instant until,
            @Nullable Instant publishedAt,
            int revision) {}

    /**
     * Which rows.
     *
     * @param draft with the working draft in this state, or any
     * @param publicState in this public state, or any
     * @param kind of this kind, or any
     * @param text words that title, summary or body contain, accents and case aside; empty: any
     */
    record Selection(
            @Nullable DraftState draft,
            @Nullable PublicState publicState,
            @Nullable Kind kind,
            String text) {

        public static final Selection ALL = new Selection(null, null, null, "");

        public static Selection drafts(DraftState state) {
            return new Selection(state, null, null, "");
        }

        public static Selection shown(PublicState state) {
            return new Selection(null, state, null, "");
        }
    }

    /**
     * One page, last touched first.
     *
     * @param rows at most as many as asked for
     * @param next the cursor of the next page
     */
    record Page(List<Row> rows, Optional<String> next) {}

    Page list(TownId town, Selection selection, @Nullable String cursor, int limit);

    /** How many there are; counted by index. */
    int count(TownId town, Selection selection);

    /** Scheduled, soonest first. */
    List<Row> scheduled(TownId town, int limit);

    /** Published and ending before {@code before}, soonest first. */
    List<Row> endingBefore(TownId town, Instant now, Instant before, int limit);

    /** What these are called in the town's first language; those that do not exist are left out. */
    Map<NoticeId, String> titles(TownId town, Set<NoticeId> ids);

    Optional<StaffNotice> find(TownId town, NoticeId id);

    /** Its steps, oldest first. */
    /**
     * Of these notices those that were taken off their schedule, by a person or because they could not come out, and that
     * nobody has touched since: how it happened.
     */
    Map<NoticeId, StaffNotice.HistoryEntry> offSchedule(TownId town, Collection<NoticeId> ids);

    List<StaffNotice.HistoryEntry> history(TownId town, NoticeId id);

    Optional<StaffNotice.Revision> revision(TownId town, NoticeId id, int number);

    /** The numbers and times of its revisions, oldest first. */
    List<StaffNotice.Revision> revisions(TownId town, NoticeId id);
}
