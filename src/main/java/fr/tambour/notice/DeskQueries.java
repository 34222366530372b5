package fr.tambour.notice;

import fr.tambour.people.PersonId;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the studio reads. Lists are bounded and indexed. */
public interface DeskQueries {

    /**
     * One row of a staff list.
     *
     * @param exercise whether it is an exercise of an alert
     * @param title in the town's first language; may be empty in a draft; of an exercise it says that it is one
     * @param touchedBy the last person who changed it; the clock leaves that as it is
     * @param due when it will be published, while scheduled
     * @param until its end, once published
     * @param publishedAt when the public revision came out, if any did
     * @param revision the highest number given so far, 0 before the first submission
     * @param publicRevision the one that the public reads or last read, 0 for none
     */
    record Row(
            NoticeId id,
            Kind kind,
            boolean exercise,
            Lifecycle.Standing standing,
            String title,
            Instant touchedAt,
            PersonId touchedBy,
            @Nullable Instant due,
            @Nullable Instant until,
            @Nullable Instant publishedAt,
            int revision,
            int publicRevision) {}

    /**
     * Which rows.
     *
     * @param draft with the working draft in this state, or any
     * @param publicState in this public state, or any; where neither state is asked for, what was thrown away is left out
     * @param kind of this kind, or any
     * @param exercise exercises alone, or what is none, or both
     * @param text what words of title, summary or the beginning of the body begin with, accents and case aside; empty: any
     */
    record Selection(
            @Nullable DraftState draft,
            @Nullable PublicState publicState,
            @Nullable Kind kind,
            @Nullable Boolean exercise,
            String text) {

        public static final Selection ALL = new Selection(null, null, null, null, "");

        public static Selection drafts(DraftState state) {
            return new Selection(state, null, null, null, "");
        }

        public static Selection shown(PublicState state) {
            return new Selection(null, state, null, null, "");
        }
    }

    /**
     * A part of a list.
     *
     * @param rows at most as many as asked for
     * @param next the cursor of the next page; empty on the last one
     */
    record Page<T>(List<T> rows, Optional<String> next) {

        /** The same page of something else. */
        public <U> Page<U> map(Function<? super T, U> each) {
            return new Page<>(rows.stream().<U>map(each).toList(), next);
        }
    }

    /** In which order what happened to a notice is told. */
    enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    /**
     * A notice that was to come out, and is a draft again.
     *
     * @param how {@link Action#UNSCHEDULE} by a person, or {@link Action#MISS}
     * @param reason as it stands in its history; may be empty where a person did it
     */
    record OffSchedule(Row row, Action how, String reason) {}

    /** Whether the town has any notice; one that was thrown away is none. */
    boolean any(TownId town);

    /**
     * Last touched first.
     *
     * @param cursor of the page before; absent: from the beginning
     * @throws Refusal 400 {@code page.cursor} for a cursor that comes from no page
     */
    Page<Row> list(TownId town, Selection selection, @Nullable String cursor, int limit);

    /** How many there are; counted by index. */
    int count(TownId town, Selection selection);

    /** Scheduled, soonest first. */
    List<Row> scheduled(TownId town, int limit);

    /** Published and ending before {@code before}, soonest first. */
    List<Row> endingBefore(TownId town, Instant now, Instant before, int limit);

    /** Exercises that stand at {@code now}, the last published first; at most 20. */
    List<Row> exercises(TownId town, Instant now);

    /** What these are called in the town's first language; those that do not exist are left out. */
    Map<NoticeId, String> titles(TownId town, Set<NoticeId> ids);

    /** The same by what names them in addresses. */
    default Map<String, String> titlesByRef(TownId town, Set<String> refs) {
        Set<NoticeId> ids =
                refs.stream().flatMap(ref -> NoticeId.ofRef(ref).stream()).collect(Collectors.toSet());
        return titles(town, ids).entrySet().stream()
                .collect(Collectors.toMap(title -> title.getKey().ref(), Map.Entry::getValue));
    }

    /**
     * Taken off their schedule, by a person or because they could not come out, and touched by nobody since; the last
     * first.
     */
    List<OffSchedule> offSchedule(TownId town, int limit);

    /** A notice with its draft and what is public of it; also one that was thrown away after it had been submitted. */
    Optional<StaffNotice> find(TownId town, NoticeId id);

    /**
     * The steps taken of it.
     *
     * @param cursor of the page before, in the same order; absent: from the beginning
     * @throws Refusal 400 {@code page.cursor} for a cursor that comes from no page
     */
    Page<StaffNotice.HistoryEntry> history(TownId town, NoticeId id, Order order, @Nullable String cursor, int limit);

    /** How long it took, of an exercise; empty for whatever is none, or is not there. */
    Optional<ExerciseReport> exerciseReport(TownId town, NoticeId id);

    /** The last time that {@code action} was taken of it. */
    Optional<StaffNotice.HistoryEntry> lastStep(TownId town, NoticeId id, Action action);

    Optional<StaffNotice.Revision> revision(TownId town, NoticeId id, int number);

    /**
     * Its revisions, whole.
     *
     * @param cursor of the page before, in the same order; absent: from the beginning
     * @throws Refusal 400 {@code page.cursor} for a cursor that comes from no page
     */
    Page<StaffNotice.Revision> revisions(TownId town, NoticeId id, Order order, @Nullable String cursor, int limit);
}
