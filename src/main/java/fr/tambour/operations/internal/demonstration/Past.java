package fr.tambour.operations.internal.demonstration;

import fr.tambour.notice.Content;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeDesk.Release;
import fr.tambour.notice.NoticeDesk.Saved;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.WallTime;
import fr.tambour.operations.internal.demonstration.DemoContent.DemoCorrection;
import fr.tambour.operations.internal.demonstration.DemoContent.DemoNotice;
import fr.tambour.operations.internal.demonstration.Replay.Moment;
import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.people.Person;
import fr.tambour.storage.Ids;
import fr.tambour.town.Town;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What was done to each invented notice, and when. */
class Past {

    private final NoticeDesk desk;
    private final People people;
    private final Town town;
    private final Map<String, Person> staff;
    private final DemoNotices notices;
    private final Ids ids;
    private final Instant now;
    private final LocalDate today;
    private final Map<String, Instant> cameOut = new HashMap<>();
    private final Map<String, AtomicReference<NoticeId>> known = new HashMap<>();

    Past(
            NoticeDesk desk,
            People people,
            Town town,
            Map<String, Person> staff,
            DemoNotices notices,
            Ids ids,
            Instant now) {
        this.desk = desk;
        this.people = people;
        this.town = town;
        this.staff = staff;
        this.notices = notices;
        this.ids = ids;
        this.now = now;
        this.today = LocalDate.ofInstant(now, town.zone());
    }

    List<Moment> moments(List<DemoNotice> all) {
        List<Moment> moments = new ArrayList<>();
        all.forEach(notice -> moments(notice, moments));
        return moments;
    }

    /** When the notice of this slug came out, once its moments are known. */
    Instant cameOut(String slug) {
        return Objects.requireNonNull(cameOut.get(slug), slug);
    }

    /** Once it has come out. */
    NoticeId id(String slug) {
        return Objects.requireNonNull(known.get(slug), slug).get();
    }

    private void moments(DemoNotice notice, List<Moment> moments) {
        DemoDates dates = DemoDates.of(notice, today);
        LocalDateTime published = notice.publishedDaysAgo() == null
                ? today.plusDays(1).atTime(9, 0)
                : dates.ago(notice.publishedDaysAgo(), Objects.requireNonNullElse(notice.publishedAt(), "09:00"));
        LocalDateTime written = notice.writtenDaysAgo() == null
                ? published.minusDays(1).withHour(10).withMinute(12)
                : dates.ago(notice.writtenDaysAgo(), "10:12");
        List<DemoCorrection> corrections = DemoNotices.corrections(notice, dates);
        AtomicReference<NoticeId> id = new AtomicReference<>();
        known.put(notice.slug(), id);
        cameOut.put(notice.slug(), released(notice, published));
        Content first = notices.content(notice, dates, published.toLocalDate(), 0);
        if (notice.emergency() != null) {
            moments.add(new Moment(released(notice, published), () -> {
                id.set(new NoticeId(ids.next()));
                desk.releaseEmergency(actor(notice.author()), id.get(), first);
            }));
        } else {
            prepared(notice, first, written, published, id, moments);
        }
        for (int i = 0; i < corrections.size(); i++) {
            DemoCorrection correction = corrections.get(i);
            Content corrected = notices.content(notice, dates, published.toLocalDate(), i + 1);
            moments.add(new Moment(
                    at(dates.ago(correction.daysAgo(), correction.at())),
                    () -> correct(notice, id.get(), corrected, correction)));
        }
        if (notice.withdrawal() != null) {
            moments.add(new Moment(
                    at(dates.ago(
                            notice.withdrawal().daysAgo(), notice.withdrawal().at())),
                    () -> desk.withdraw(
                            actor(approver(notice)),
                            id.get(),
                            notice.withdrawal().reason())));
        }
    }

    /** Written the day before; how far it went since is the notice's state. */
    private void prepared(
            DemoNotice notice,
            Content content,
            LocalDateTime written,
            LocalDateTime published,
            AtomicReference<NoticeId> id,
            List<Moment> moments) {
        Instant start = at(written);
        AtomicReference<Saved> draft = new AtomicReference<>();
        moments.add(new Moment(start, () -> {
            draft.set(desk.create(
                    actor(notice.author()), content, Objects.requireNonNullElse(notice.internalNote(), "")));
            id.set(draft.get().id());
        }));
        if (notice.state().equals("draft")) {
            return;
        }
        AtomicReference<Integer> revision = new AtomicReference<>();
        moments.add(new Moment(
                start.plus(Duration.ofMinutes(25)),
                () -> revision.set(desk.submit(
                        actor(notice.author()), id.get(), draft.get().version(), ""))));
        Instant read = start.plus(Duration.ofMinutes(95));
        switch (notice.state()) {
            case "submitted" -> {}
            case "changes_asked" ->
                moments.add(new Moment(
                        read,
                        () -> desk.askChanges(
                                actor(approver(notice)),
                                id.get(),
                                revision.get(),
                                Objects.requireNonNull(notice.changeRequestComment()))));
            default ->
                moments.add(new Moment(
                        read,
                        () -> desk.approve(
                                actor(approver(notice)),
                                id.get(),
                                revision.get(),
                                "",
                                new Release.At(WallTime.of(published)))));
        }
    }

    /** As far as its state says. */
    private void correct(DemoNotice notice, NoticeId id, Content content, DemoCorrection correction) {
        Saved draft = desk.correct(actor(notice.author()), id);
        Saved saved = desk.save(actor(notice.author()), id, draft.version(), content, correction.reason());
        if (Objects.equals(correction.state(), "draft")) {
            return;
        }
        int revision = desk.submit(actor(notice.author()), id, saved.version(), "");
        if (correction.state() == null) {
            desk.approve(actor(approver(notice)), id, revision, "", new Release.Now());
        }
    }

    /** An alert that must still stand counts from the moment at which the demonstration is made, whatever the hour. */
    private Instant released(DemoNotice notice, LocalDateTime published) {
        return notice.publishedMinutesAgo() == null
                ? at(published)
                : now.minus(Duration.ofMinutes(notice.publishedMinutesAgo()));
    }

    private static String approver(DemoNotice notice) {
        return Objects.requireNonNullElse(notice.approver(), notice.author());
    }

    private Actor actor(@Nullable String key) {
        Person person = Objects.requireNonNull(staff.get(key), () -> "Nobody is called " + key);
        return people.actor(town.id(), person.id()).orElseThrow();
    }

    private Instant at(LocalDateTime local) {
        return WallTime.of(local).instant(town.zone());
    }
}
