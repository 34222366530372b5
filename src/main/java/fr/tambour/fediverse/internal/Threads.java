package fr.tambour.fediverse.internal;

import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeStep;
import fr.tambour.notice.PublicNotices;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which posts a notice has besides its first. Each keeps its number while it stands, and gives it to no other: servers believe
 * nothing more of what was deleted. After a restore nobody knows which numbers were given since the backup: they go on from the
 * minute of it, counted from {@link #BEGINNING}, where none of them can be.
 */
@Component
class Threads implements NoticeStep {

    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final JdbcClient jdbc;
    private final PublicNotices notices;
    private final Towns towns;
    private final InstanceFacts facts;

    Threads(JdbcClient jdbc, PublicNotices notices, Towns towns, InstanceFacts facts) {
        this.jdbc = jdbc;
        this.notices = notices;
        this.towns = towns;
        this.facts = facts;
    }

    /**
     * A post that follows the first.
     *
     * @param number the end of its address
     * @param place which one it is in its thread, from 2
     * @param since the revision that brought it
     * @param gone the revision that made an end of it; 0 while it stands
     */
    record Part(int number, int place, int since, int gone) {

        boolean stands() {
            return gone == 0;
        }
    }

    /** Those that stand, in their order, and those that stood once. */
    @Transactional(readOnly = true)
    List<Part> ever(TownId town, NoticeId notice) {
        return jdbc.sql("""
                        SELECT number, place, since_revision, gone_revision FROM fediverse_part
                        WHERE town_id = :town AND notice_id = :notice ORDER BY place, number
                        """)
                .param("town", town.value())
                .param("notice", notice.value())
                .query((row, n) -> new Part(
                        row.getInt("number"),
                        row.getInt("place"),
                        row.getInt("since_revision"),
                        row.getInt("gone_revision")))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void taken(Step step) {
        switch (step) {
            case Step.Published published -> published(published);
            case Step.Withdrawn ignored -> {
                // They stand where a notice that was withdrawn does: answered by what they were.
            }
            case Step.Expired ignored -> {
                // What was posted stays.
            }
        }
    }

    private void published(Step.Published step) {
        switch (step.occasion()) {
            case PUBLICATION, CORRECTION -> arrange(step, length(step));
            case TRANSLATION -> {
                // The first language says how many there are, and it says what it said.
            }
        }
    }

    /** Of how many posts it is now; of none where it does not go out over this channel. */
    private int length(Step.Published step) {
        String language = towns.get(step.town()).language();
        return notices.find(step.town(), step.notice())
                .filter(Notes::isOf)
                .flatMap(notice -> notice.rendition(FediverseChannel.NAME, language, language))
                .map(rendition -> FediverseRendition.posts(rendition).size())
                .orElse(0);
    }

    private void arrange(Step.Published step, int length) {
        List<Part> ever = ever(step.town(), step.notice());
        List<Part> standing = ever.stream().filter(Part::stands).toList();
        standing.stream().filter(part -> part.place() > length).forEach(part -> goes(step, part));
        int number = Math.max(ever.stream().mapToInt(Part::number).max().orElse(1), given());
        for (int place = standing.size() + 2; place <= length; place++) {
            number++;
            comes(step, number, place);
        }
    }

    /** Up to there numbers may have been given of which nothing is known. */
    private int given() {
        return facts.restoredAt()
                .map(at -> (int) Math.max(0, Duration.between(BEGINNING, at).toMinutes()))
                .orElse(0);
    }

    private void comes(Step.Published step, int number, int place) {
        jdbc.sql("""
                        INSERT INTO fediverse_part (town_id, notice_id, number, place, since_revision, gone_revision)
                        VALUES (:town, :notice, :number, :place, :revision, 0)
                        """)
                .param("town", step.town().value())
                .param("notice", step.notice().value())
                .param("number", number)
                .param("place", place)
                .param("revision", step.revision())
                .update();
    }

    private void goes(Step.Published step, Part part) {
        jdbc.sql("""
                        UPDATE fediverse_part SET gone_revision = :revision
                        WHERE town_id = :town AND notice_id = :notice AND number = :number
                        """)
                .param("revision", step.revision())
                .param("town", step.town().value())
                .param("notice", step.notice().value())
                .param("number", part.number())
                .update();
    }
}
