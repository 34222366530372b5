package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.notice.Content.Emergency;
import fr.tambour.notice.Content.Emergency.Severity;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.notice.Content.Repeat.Frequency;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.DeskQueries.Order;
import fr.tambour.notice.NoticeDesk.Release;
import fr.tambour.notice.NoticeDesk.Saved;
import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.people.Person;
import fr.tambour.people.PersonId;
import fr.tambour.people.Right;
import fr.tambour.people.Role;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.Ids;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.Districts;
import fr.tambour.town.ListEntry;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What happens to notices over time, in the whole application, by its clock and on both engines. */
@ParameterizedClass(name = "{0}")
@EnumSource(Dialect.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoticeLifeTest {

    @Parameter
    Dialect dialect;

    private final GreenMail letters = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private TambourServer tambour;
    private Town town;
    private NoticeDesk desk;
    private DeskQueries queries;
    private NoticeClock clock;
    private long bourg;

    @BeforeParameterizedClassInvocation
    void aTown() {
        letters.start();
        tambour = TambourServer.start(
                dialect,
                "--tambour.timer.enabled=false",
                "--tambour.mail.url=smtp://127.0.0.1:" + letters.getSmtp().getPort(),
                "--tambour.mail.from=mairie@clairval.example");
        tambour.bean(TransactionTemplate.class).executeWithoutResult(status -> {
            town = tambour.bean(Towns.class)
                    .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false);
            bourg = tambour.bean(Districts.class)
                    .arrange(town.id(), List.of(new ListEntry(null, Map.of("fr", "Le Bourg"))))
                    .getFirst()
                    .id();
        });
        desk = tambour.bean(NoticeDesk.class);
        queries = tambour.bean(DeskQueries.class);
        clock = tambour.bean(NoticeClock.class);
    }

    @AfterParameterizedClassInvocation
    void stop() {
        tambour.close();
        letters.stop();
    }

    private Actor actor(long id, Right... rights) {
        return new Actor(
                new PersonId(id),
                town.id(),
                "Somebody",
                Set.of(Role.AUTHOR),
                Stream.of(rights).map(Right::name).collect(Collectors.toSet()));
    }

    private Actor author() {
        return actor(7, NoticeRights.READ, NoticeRights.WRITE);
    }

    private Actor approver() {
        return actor(8, NoticeRights.READ, NoticeRights.APPROVE, NoticeRights.PUBLISH, NoticeRights.WITHDRAW);
    }

    private Actor officer() {
        return actor(9, NoticeRights.READ, NoticeRights.WRITE, NoticeRights.EMERGENCY);
    }

    private Content news(String title) {
        return Content.blank(Kind.NEWS, "fr", List.of("website", "feed"))
                .withWords("fr", Words.of(title, "Un résumé.", "Un texte."));
    }

    private Content alert(String instruction) {
        return Content.blank(Kind.EMERGENCY, "fr", List.of("website", "feed"))
                .withWords("fr", new Words("", "", "", "", "", instruction))
                .withEmergency(new Emergency(Severity.SEVERE, "Le Bourg", ""));
    }

    private Instant now() {
        return tambour.clock().instant();
    }

    private WallTime in(Duration duration) {
        return WallTime.of(now().plus(duration), town.zone());
    }

    private int submitted(NoticeId id, long version) {
        return desk.submit(author(), id, version, "");
    }

    private NoticeId released(Content content, Release release) {
        Saved draft = desk.create(author(), content);
        desk.approve(approver(), draft.id(), submitted(draft.id(), draft.version()), "", release);
        return draft.id();
    }

    private NoticeId published(Content content) {
        return released(content, new Release.Now());
    }

    /** Corrects it to {@code content}, up to the approver's desk; the revision to approve. */
    private int corrected(NoticeId id, Content content, String reason) {
        Saved draft = desk.correct(author(), id);
        return submitted(
                id, desk.save(author(), id, draft.version(), content, reason).version());
    }

    private NoticeId alerted(Content content) {
        NoticeId id = new NoticeId(tambour.bean(Ids.class).next());
        desk.releaseEmergency(officer(), id, content);
        return id;
    }

    private StaffNotice notice(NoticeId id) {
        return queries.find(town.id(), id).orElseThrow();
    }

    private PublishedNotice shown(NoticeId id) {
        return notice(id).published().orElseThrow();
    }

    private List<StaffNotice.HistoryEntry> history(NoticeId id) {
        return queries.history(town.id(), id, Order.OLDEST_FIRST, null, 100).rows();
    }

    private PublicState state(NoticeId id) {
        return notice(id).standing().publicState();
    }

    private List<Dispatch.Purpose> dispatches(NoticeId id) {
        return tambour.bean(Dispatches.class).of(town.id(), id).stream()
                .filter(dispatch -> dispatch.channel().equals("website"))
                .map(Dispatch::purpose)
                .toList();
    }

    private static void refused(String code, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    // Time

    @Test
    void it_comes_out_when_it_is_due_and_not_a_moment_before() {
        NoticeId id = released(news("À l’heure"), new Release.At(in(Duration.ofMinutes(30))));
        tambour.clock().advance(Duration.ofMinutes(30).minusMillis(1));
        clock.advance(now(), Set.of());
        assertThat(state(id)).isEqualTo(PublicState.SCHEDULED);

        tambour.clock().advance(Duration.ofMillis(1));
        clock.advance(now(), Set.of());
        assertThat(state(id)).isEqualTo(PublicState.PUBLISHED);
        assertThat(dispatches(id)).containsExactly(Dispatch.Purpose.PUBLICATION);
    }

    @Test
    void it_is_over_at_its_end_exactly() {
        NoticeId id = published(news("Une heure").withUntil(in(Duration.ofHours(1))));
        tambour.clock().advance(Duration.ofHours(1).minusMillis(1));
        clock.advance(now(), Set.of());
        assertThat(state(id)).isEqualTo(PublicState.PUBLISHED);

        tambour.clock().advance(Duration.ofMillis(1));
        assertThat(shown(id).overAt(now())).isTrue();
        clock.advance(now(), Set.of());
        assertThat(state(id)).isEqualTo(PublicState.EXPIRED);
    }

    @Test
    void what_was_due_while_nothing_ran_and_is_over_goes_back_to_its_authors() {
        NoticeId id =
                released(news("Trop tard").withUntil(in(Duration.ofHours(2))), new Release.At(in(Duration.ofHours(1))));
        tambour.clock().advance(Duration.ofHours(3));
        clock.advance(now(), Set.of());

        assertThat(notice(id).standing()).isEqualTo(new Lifecycle.Standing(DraftState.DRAFT, PublicState.NONE));
        assertThat(history(id).getLast()).satisfies(step -> {
            assertThat(step.action()).isEqualTo(Action.MISS);
            assertThat(step.reason()).contains("terminé");
        });
        assertThat(dispatches(id)).isEmpty();
    }

    @Test
    void what_was_due_while_nothing_ran_and_still_holds_comes_out() {
        NoticeId id = released(news("Encore à temps"), new Release.At(in(Duration.ofHours(1))));
        tambour.clock().advance(Duration.ofHours(3));
        clock.advance(now(), Set.of());

        assertThat(shown(id).publishedAt()).isEqualTo(now());
    }

    @Test
    void nothing_comes_out_while_timed_publishing_is_paused_but_ends_come() {
        NoticeId due = released(news("En pause"), new Release.At(in(Duration.ofMinutes(1))));
        NoticeId ending = published(news("Finit").withUntil(in(Duration.ofMinutes(1))));
        tambour.clock().advance(Duration.ofMinutes(2));
        clock.advance(now(), Set.of(town.id()));

        assertThat(state(due)).isEqualTo(PublicState.SCHEDULED);
        assertThat(state(ending)).isEqualTo(PublicState.EXPIRED);
        clock.advance(now(), Set.of());
    }

    @Test
    void what_is_not_what_was_approved_does_not_come_out() {
        NoticeId id = released(news("Approuvé"), new Release.At(in(Duration.ofMinutes(1))));
        tambour.bean(TransactionTemplate.class)
                .executeWithoutResult(status -> tambour.bean(JdbcClient.class)
                        .sql(
                                "UPDATE notice_rendition SET fields = REPLACE(fields, 'Approuvé', 'Falsifié') WHERE notice_id = :id")
                        .param("id", id.value())
                        .update());
        tambour.clock().advance(Duration.ofMinutes(2));
        clock.advance(now(), Set.of());

        assertThat(notice(id).standing()).isEqualTo(new Lifecycle.Standing(DraftState.DRAFT, PublicState.NONE));
        assertThat(history(id).getLast().reason()).isNotBlank();
    }

    @Test
    void the_end_comes_while_a_correction_is_prepared_and_the_correction_stays() {
        NoticeId id = published(news("Finit bientôt").withUntil(in(Duration.ofMinutes(5))));
        desk.correct(author(), id);
        tambour.clock().advance(Duration.ofMinutes(6));
        clock.advance(now(), Set.of());

        assertThat(notice(id).standing()).isEqualTo(new Lifecycle.Standing(DraftState.DRAFT, PublicState.EXPIRED));
    }

    @Test
    void a_wish_that_has_passed_waits_for_the_approver() {
        Saved draft = desk.create(author(), news("Souhaité").withWished(in(Duration.ofMinutes(10))));
        int revision = submitted(draft.id(), draft.version());
        tambour.clock().advance(Duration.ofMinutes(11));
        desk.approve(approver(), draft.id(), revision, "", new Release.AsWished());

        assertThat(notice(draft.id()).standing())
                .isEqualTo(new Lifecycle.Standing(DraftState.APPROVED, PublicState.NONE));
    }

    // Approval

    @Test
    void whoever_settled_it_is_told_when_it_is_taken_off_the_schedule() throws Exception {
        Actor writer = person("gaelle@clairval.example", Role.AUTHOR);
        Actor reader = person("yann@clairval.example", Role.APPROVER);
        Saved draft = desk.create(writer, news("Foire aux livres"));
        int revision = desk.submit(writer, draft.id(), draft.version(), "");
        desk.approve(reader, draft.id(), revision, "", new Release.At(in(Duration.ofHours(4))));
        desk.unschedule(author(), draft.id(), "La salle a changé.");

        assertThat(letters.waitForIncomingEmail(20_000, 2)).isTrue();
        assertThat(letters.getReceivedMessages())
                .allSatisfy(letter -> assertThat(letter.getContent().toString())
                        .contains(
                                "La salle a changé.",
                                "https://clairval.example/studio/avis/"
                                        + draft.id().ref()))
                .extracting(letter -> letter.getAllRecipients()[0].toString())
                .containsExactlyInAnyOrder("gaelle@clairval.example", "yann@clairval.example");
        assertThat(notice(draft.id()).draft().orElseThrow().content().wished()).isNotNull();
    }

    private Actor person(String email, Role role) {
        Person person = tambour.bean(TransactionTemplate.class)
                .execute(status -> tambour.bean(People.class)
                        .create(town.id(), email, "Quelqu’un", "une phrase assez longue", "fr", Set.of(role)));
        return tambour.bean(People.class).actor(town.id(), person.id()).orElseThrow();
    }

    @Test
    void a_change_after_approval_voids_it() {
        NoticeId id = released(news("Approuvé, puis changé"), new Release.Later());
        long version = notice(id).draft().orElseThrow().version();
        desk.save(author(), id, version, news("Changé"), "");

        assertThat(notice(id).standing().draft()).isEqualTo(DraftState.DRAFT);
        refused("notice.illegal-step.publish", () -> desk.release(approver(), id, new Release.Now()));
    }

    @Test
    void of_two_approvers_one_wins_and_the_other_is_told() {
        Saved draft = desk.create(author(), news("Deux à la fois"));
        int revision = submitted(draft.id(), draft.version());
        desk.approve(approver(), draft.id(), revision, "", new Release.Now());

        refused(
                "notice.illegal-step.approve",
                () -> desk.approve(approver(), draft.id(), revision, "", new Release.Now()));
    }

    @Test
    void an_approver_who_read_an_older_version_is_told() {
        Saved draft = desk.create(author(), news("Version 1"));
        int first = submitted(draft.id(), draft.version());
        desk.takeBack(author(), draft.id(), "");
        long version = notice(draft.id()).draft().orElseThrow().version();
        submitted(
                draft.id(),
                desk.save(author(), draft.id(), version, news("Version 2"), "").version());

        refused("notice.conflict", () -> desk.approve(approver(), draft.id(), first, "", new Release.Now()));
    }

    @Test
    void what_was_submitted_once_keeps_its_history_when_it_is_thrown_away() {
        Saved draft = desk.create(author(), news("Refusé"));
        int revision = submitted(draft.id(), draft.version());
        desk.askChanges(approver(), draft.id(), revision, "Non.");
        desk.discard(author(), draft.id());

        assertThat(notice(draft.id()).content().in("fr").title()).isEqualTo("Refusé");
        assertThat(history(draft.id()).stream().map(StaffNotice.HistoryEntry::reason))
                .contains("Non.");
        assertThat(queries.list(town.id(), DeskQueries.Selection.ALL, null, 100).rows().stream()
                        .map(DeskQueries.Row::id))
                .doesNotContain(draft.id());
    }

    // Corrections

    @Test
    void a_correction_of_news_does_not_begin_its_thirty_days_anew() {
        NoticeId id = published(news("Trente jours"));
        Instant until = shown(id).until();
        tambour.clock().advance(Duration.ofDays(3));
        desk.approve(approver(), id, corrected(id, news("Trente jours."), "Un point."), "", new Release.Now());

        assertThat(shown(id).until()).isEqualTo(until);
    }

    @Test
    void a_correction_of_what_is_over_leaves_it_over() {
        NoticeId id = published(news("Coquile").withUntil(in(Duration.ofHours(1))));
        Content content = shown(id).content();
        tambour.clock().advance(Duration.ofHours(2));
        clock.advance(now(), Set.of());
        Content mended = content.withWords("fr", Words.of("Coquille", "Un résumé.", "Un texte."));
        desk.approve(approver(), id, corrected(id, mended, "Une coquille."), "", new Release.Now());

        assertThat(state(id)).isEqualTo(PublicState.EXPIRED);
        assertThat(shown(id).content().in("fr").title()).isEqualTo("Coquille");
        assertThat(shown(id).corrections()).hasSize(1);
    }

    @Test
    void a_correction_that_prolongs_shows_it_again() {
        NoticeId id = published(news("Prolongé").withUntil(in(Duration.ofHours(1))));
        Content content = shown(id).content();
        tambour.clock().advance(Duration.ofHours(2));
        clock.advance(now(), Set.of());
        Content longer = content.withUntil(in(Duration.ofDays(2)));
        desk.approve(approver(), id, corrected(id, longer, "Encore deux jours."), "", new Release.Now());

        assertThat(state(id)).isEqualTo(PublicState.PUBLISHED);
        assertThat(shown(id).corrections().getFirst().changes())
                .extracting(Correction.Change::field)
                .contains("until");
    }

    @Test
    void a_correction_says_that_it_moved_to_another_part_of_town() {
        NoticeId id = published(news("Où"));
        Content there = new Content(
                Kind.NEWS,
                news("Où").words(),
                List.of(),
                new TreeSet<>(Set.of(bourg)),
                new TreeSet<>(),
                null,
                null,
                null,
                null,
                null,
                news("Où").channels(),
                news("Où").edited(),
                null);
        desk.approve(approver(), id, corrected(id, there, "Au Bourg seulement."), "", new Release.Now());

        assertThat(shown(id).corrections().getFirst().changes())
                .extracting(Correction.Change::field)
                .containsExactly("districts");
        assertThat(dispatches(id)).containsExactly(Dispatch.Purpose.PUBLICATION, Dispatch.Purpose.CORRECTION);
    }

    private List<String> changes(NoticeId id) {
        return shown(id).corrections().getFirst().changes().stream()
                .map(change -> String.join("|", change.field(), change.language(), change.before(), change.after()))
                .toList();
    }

    @Test
    void a_correction_says_what_was_changed_for_one_channel_alone() {
        NoticeId id = published(news("Pour le site"));
        Content edited =
                news("Pour le site").withEdited("website", "fr", new TreeMap<>(Map.of("summary", "Sur le site.")));
        desk.approve(approver(), id, corrected(id, edited, "Plus clair."), "", new Release.Now());
        assertThat(changes(id)).containsExactly("website.summary|fr|Un résumé.|Sur le site.");

        desk.approve(approver(), id, corrected(id, news("Pour le site"), "Comme ailleurs."), "", new Release.Now());
        assertThat(changes(id)).containsExactly("website.summary|fr|Sur le site.|Un résumé.");
    }

    @Test
    void a_correction_says_that_it_goes_over_other_channels() {
        NoticeId id = published(news("Sans flux"));
        Content off = news("Sans flux").withChannels(new TreeSet<>(Set.of("website")));
        desk.approve(approver(), id, corrected(id, off, "Pour le site."), "", new Release.Now());

        assertThat(changes(id)).containsExactly("channels||feed, website|website");
    }

    @Test
    void a_correction_says_that_its_source_has_another_date() {
        Content first = from(new Content.Source("Préfecture", LocalDate.of(2026, 11, 20)));
        NoticeId id = published(first);
        Content later = from(new Content.Source("Préfecture", LocalDate.of(2026, 11, 22)));
        desk.approve(approver(), id, corrected(id, later, "La date était fausse."), "", new Release.Now());

        assertThat(changes(id)).containsExactly("source.date||2026-11-20|2026-11-22");
    }

    private Content from(Content.Source source) {
        Content news = news("D’après la préfecture");
        return new Content(
                news.kind(),
                news.words(),
                news.pictures(),
                news.districts(),
                news.themes(),
                news.from(),
                news.until(),
                source,
                news.event(),
                news.emergency(),
                news.channels(),
                news.edited(),
                news.wished());
    }

    /** On the last Sunday of October 2027 it is half past two twice. */
    @Test
    void a_correction_says_which_of_two_equal_times_is_meant() {
        LocalDateTime twice = LocalDateTime.of(2027, 10, 31, 2, 30);
        NoticeId id = published(news("La nuit").withUntil(new WallTime(twice, ZoneOffset.ofHours(2))));
        Content second = news("La nuit").withUntil(new WallTime(twice, ZoneOffset.ofHours(1)));
        desk.approve(approver(), id, corrected(id, second, "La seconde fois."), "", new Release.Now());

        assertThat(changes(id)).containsExactly("until||2027-10-31T02:30+02:00|2027-10-31T02:30+01:00");
    }

    @Test
    void a_translation_that_is_added_is_shown_and_is_no_correction() {
        NoticeId id = published(news("Marché"));
        Content both = news("Marché").withWords("en", Words.of("Market", "A summary.", "A text."));
        desk.approve(approver(), id, corrected(id, both, ""), "", new Release.Now());

        assertThat(shown(id).revision()).isEqualTo(2);
        assertThat(shown(id).renditions().stream().map(Rendition::language)).contains("en");
        assertThat(shown(id).corrections()).isEmpty();
        assertThat(dispatches(id)).containsExactly(Dispatch.Purpose.PUBLICATION);
    }

    @Test
    void a_correction_of_what_was_said_needs_a_reason_whatever_languages_come_with_it() {
        NoticeId id = published(news("Marche"));
        Content both = news("Marché").withWords("en", Words.of("Market", "A summary.", "A text."));

        refused("notice.incomplete", () -> corrected(id, both, ""));
    }

    @Test
    void one_occurrence_is_cancelled_by_a_correction() {
        LocalDate first = LocalDate.ofInstant(now(), town.zone()).plusDays(7);
        Content weekly = Content.blank(Kind.EVENT, "fr", List.of("website", "feed"))
                .withWords("fr", Words.of("Chorale", "Chaque semaine.", ""))
                .withEvent(new Event(
                        WallTime.of(first.atTime(18, 0)),
                        WallTime.of(first.atTime(20, 0)),
                        false,
                        "Salle des fêtes",
                        "",
                        "",
                        new Repeat(Frequency.WEEKLY, first.plusWeeks(4), new TreeSet<>())));
        NoticeId id = published(weekly);
        refused(
                "notice.no-such-occurrence",
                () -> desk.cancelOccurrence(author(), id, first.plusDays(1), "Salle prise."));
        assertThat(notice(id).draft()).isEmpty();

        desk.cancelOccurrence(author(), id, first.plusWeeks(1), "Salle prise.");
        long version = notice(id).draft().orElseThrow().version();
        desk.approve(approver(), id, submitted(id, version), "", new Release.Now());

        assertThat(Occurrences.days(shown(id).content().event(), town.zone()))
                .containsExactlyInAnyOrder(first, first.plusWeeks(2), first.plusWeeks(3), first.plusWeeks(4));
        assertThat(shown(id).corrections().getFirst().reason()).isEqualTo("Salle prise.");
    }

    @Test
    void a_repeat_without_a_last_day_is_asked_about() {
        LocalDateTime first = LocalDateTime.ofInstant(now(), town.zone()).plusDays(7);
        Content endless = Content.blank(Kind.EVENT, "fr", List.of("website", "feed"))
                .withWords("fr", Words.of("Chorale", "Chaque semaine.", ""))
                .withEvent(new Event(
                        WallTime.of(first),
                        null,
                        false,
                        "Salle",
                        "",
                        "",
                        new Repeat(Frequency.WEEKLY, null, new TreeSet<>())));
        Saved draft = desk.create(author(), endless);

        assertThatThrownBy(() -> submitted(draft.id(), draft.version()))
                .isInstanceOfSatisfying(
                        Incomplete.class,
                        incomplete -> assertThat(incomplete.findings())
                                .extracting(Finding::code)
                                .containsExactly("event.repeat.endless"));
    }

    // Alerts

    @Test
    void the_same_alert_released_twice_goes_out_once() {
        NoticeId id = alerted(alert("Montez à l’étage."));
        desk.releaseEmergency(officer(), id, alert("Montez à l’étage."));

        assertThat(shown(id).revision()).isEqualTo(1);
        assertThat(dispatches(id)).containsExactly(Dispatch.Purpose.PUBLICATION);
    }

    @Test
    void an_alert_says_what_to_do_in_every_language_that_it_was_written_in() {
        NoticeId id =
                alerted(alert("Montez à l’étage.").withWords("en", new Words("", "", "", "", "", "Go upstairs.")));

        assertThat(shown(id).renditions().stream().map(Rendition::language)).contains("fr", "en");
        assertThat(shown(id).content().in("en").title()).contains("Go upstairs.");
    }

    @Test
    void of_two_updates_of_an_alert_the_second_is_told_of_the_first() {
        NoticeId id = alerted(alert("Montez à l’étage."));
        desk.correctEmergency(officer(), id, 1, alert("Restez à l’étage."), "Précision.");

        refused(
                "notice.conflict",
                () -> desk.correctEmergency(officer(), id, 1, alert("Descendez."), "Sans avoir lu."));
        assertThat(shown(id).content().in("fr").instruction()).isEqualTo("Restez à l’étage.");
    }

    @Test
    void no_detour_leads_to_an_alert_without_the_right_to_it() {
        Actor almost = actor(12, NoticeRights.READ, NoticeRights.WRITE, NoticeRights.APPROVE, NoticeRights.PUBLISH);
        Saved draft = desk.create(almost, alert("Fuyez."));
        int revision = desk.submit(almost, draft.id(), draft.version(), "");
        NoticeId standing = alerted(alert("Restez chez vous."));

        refused("people.right-missing", () -> desk.approve(almost, draft.id(), revision, "", new Release.Now()));
        refused("people.right-missing", () -> desk.correct(almost, standing));
        assertThat(state(draft.id())).isEqualTo(PublicState.NONE);
    }

    /** A draft beside an alert would stand in the way of prolonging and correcting it at once. */
    @Test
    void an_alert_is_corrected_at_once_and_not_step_by_step() {
        NoticeId id = alerted(alert("Restez chez vous."));

        refused("notice.correct-at-once", () -> desk.correct(officer(), id));
        assertThat(notice(id).draft()).isEmpty();
        tambour.clock().advance(Duration.ofHours(2));
        desk.prolong(officer(), id, in(Duration.ofHours(24)), "L’eau monte.");
        desk.correctEmergency(officer(), id, 2, alert("Montez à l’étage."), "Précision.");
        assertThat(shown(id).revision()).isEqualTo(3);
    }

    /** As an earlier version let one begin. */
    @Test
    void an_alert_whose_correction_is_under_way_is_not_corrected_beside_it() {
        NoticeId id = alerted(alert("Restez chez vous."));
        tambour.bean(TransactionTemplate.class)
                .executeWithoutResult(status -> tambour.bean(JdbcClient.class)
                        .sql("UPDATE notice SET draft_state = 'DRAFT' WHERE id = :id")
                        .param("id", id.value())
                        .update());

        refused(
                "notice.correction-under-way",
                () -> desk.correctEmergency(officer(), id, 1, alert("Montez à l’étage."), "Précision."));
        assertThat(shown(id).revision()).isOne();
    }
}
