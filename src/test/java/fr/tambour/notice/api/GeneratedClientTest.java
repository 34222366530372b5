package fr.tambour.notice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.notice.api.ApiTown.Program;
import fr.tambour.storage.Dialect;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tambour.client.ApiClient;
import tambour.client.ApiException;
import tambour.client.api.DetailsApi;
import tambour.client.api.EmergenciesApi;
import tambour.client.api.NoticesApi;
import tambour.client.api.PicturesApi;
import tambour.client.api.RenditionsApi;
import tambour.client.api.StepsApi;
import tambour.client.api.TownApi;
import tambour.client.model.Approval;
import tambour.client.model.CancelledOccurrence;
import tambour.client.model.ChangeRequest;
import tambour.client.model.Draft;
import tambour.client.model.DraftChange;
import tambour.client.model.DraftState;
import tambour.client.model.Emergency;
import tambour.client.model.EmergencyCorrection;
import tambour.client.model.Event;
import tambour.client.model.Focus;
import tambour.client.model.Frequency;
import tambour.client.model.HistoryEntry;
import tambour.client.model.InternalNote;
import tambour.client.model.Kind;
import tambour.client.model.Notice;
import tambour.client.model.NoticeContent;
import tambour.client.model.NoticeCreation;
import tambour.client.model.NoticeList;
import tambour.client.model.NoticeStanding;
import tambour.client.model.Picture;
import tambour.client.model.PictureUse;
import tambour.client.model.Prolongation;
import tambour.client.model.PublicState;
import tambour.client.model.Release;
import tambour.client.model.Rendition;
import tambour.client.model.RenditionChange;
import tambour.client.model.Repeat;
import tambour.client.model.Schedule;
import tambour.client.model.Severity;
import tambour.client.model.Submission;
import tambour.client.model.TownTime;
import tambour.client.model.When;
import tambour.client.model.Withdrawal;
import tambour.client.model.Words;

/** A client that openapi-generator made from the reference leads notices through their whole life. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedClientTest {

    private ApiTown town;
    private Desk author;
    private Desk approver;

    @BeforeAll
    void start() {
        town = new ApiTown(Dialect.SQLITE);
        author = new Desk(client(town.author));
        approver = new Desk(client(town.approver));
    }

    @AfterAll
    void stop() {
        town.close();
    }

    private static ApiClient client(Program program) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(program.url("").toString());
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + program.token()));
        return client;
    }

    /** One program's view of the whole API. */
    private record Desk(
            NoticesApi notices,
            StepsApi steps,
            RenditionsApi renditions,
            DetailsApi details,
            PicturesApi pictures,
            EmergenciesApi emergencies,
            TownApi town) {

        Desk(ApiClient client) {
            this(
                    new NoticesApi(client),
                    new StepsApi(client),
                    new RenditionsApi(client),
                    new DetailsApi(client),
                    new PicturesApi(client),
                    new EmergenciesApi(client),
                    new TownApi(client));
        }

        NoticeStanding submit(String id) throws ApiException {
            return steps.submit(
                    id, new Submission().version(notices.getDraft(id).getVersion()), key());
        }

        NoticeStanding approve(String id, int revision, When when) throws ApiException {
            return steps.approve(id, new Approval().revision(revision).release(new Release().when(when)), key());
        }
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static Words words(String title) {
        return new Words().title(title).summary("Un résumé.").body("Un **texte**.");
    }

    private static NoticeContent news(String title) {
        return new NoticeContent().kind(Kind.NEWS).words(Map.of("fr", words(title)));
    }

    private String begun(NoticeContent content) throws ApiException {
        return author.notices()
                .createNotice(new NoticeCreation().content(content).internalNote("Essai"), key())
                .getId();
    }

    private String published(NoticeContent content) throws ApiException {
        String id = begun(content);
        author.submit(id);
        approver.approve(id, 1, When.NOW);
        return id;
    }

    @Test
    void itKnowsWhereItIsAndWhatThereIsToChoose() throws ApiException {
        assertThat(author.town().getMe().getTown().getSlug()).isEqualTo("clairval");
        assertThat(author.town().listThemes().getItems().getFirst().getId()).isEqualTo(town.theme);
        assertThat(author.town().listDistricts().getItems()).isEmpty();
        assertThat(author.town().listChannels().getItems()).isNotEmpty();
    }

    @Test
    void anEventWithAPictureGoesFromDraftToTownIsCorrectedProlongedAndWithdrawn(@TempDir Path folder) throws Exception {
        Picture picture = author.pictures().uploadPicture(key(), png(folder));
        assertThat(author.pictures().getPicture(picture.getHash()).getWidth()).isEqualTo(320);
        NoticeContent market = news("Marché de Noël")
                .kind(Kind.EVENT)
                .addThemesItem(town.theme)
                .addPicturesItem(new PictureUse()
                        .hash(picture.getHash())
                        .alternatives(Map.of("fr", "Des chalets sur la place."))
                        .credit("Service culture")
                        .focus(Focus.TOP_LEFT))
                .event(new Event()
                        .start(new TownTime().local("2026-12-05T18:30"))
                        .end(new TownTime().local("2026-12-05T21:00"))
                        .place("Place de l’Hôtel-de-Ville")
                        .repeat(new Repeat().frequency(Frequency.WEEKLY).last(LocalDate.of(2026, 12, 26))));
        String id = begun(market);
        assertThat(author.details().listFindings(id).getComplete()).isTrue();
        assertThat(author.submit(id).getDraftState()).isEqualTo(DraftState.SUBMITTED);
        approver.steps().askChanges(id, new ChangeRequest().revision(1).comment("Plus court"), key());

        Draft draft = author.notices().getDraft(id);
        // As a client writes it back that was made before anybody could say what is to remain visible.
        draft.getContent().getPictures().forEach(use -> use.focus(null));
        author.notices()
                .changeDraft(
                        id,
                        new DraftChange()
                                .content(draft.getContent().words(Map.of("fr", words("Marché de Noël, place haute"))))
                                .version(draft.getVersion()),
                        null);
        author.submit(id);
        assertThat(approver.approve(id, 2, When.LATER).getDraftState()).isEqualTo(DraftState.APPROVED);
        approver.steps().schedule(id, new Schedule().time(new TownTime().local("2026-12-01T08:00")), key());
        assertThat(author.steps().unschedule(id, "Encore un mot").getPublicState())
                .isEqualTo(PublicState.NONE);
        author.submit(id);
        approver.approve(id, 3, When.LATER);
        assertThat(approver.steps().publish(id, key()).getPublicState()).isEqualTo(PublicState.PUBLISHED);

        author.steps()
                .cancelOccurrence(
                        id,
                        new CancelledOccurrence()
                                .day(LocalDate.of(2026, 12, 12))
                                .reason("La salle est prise."),
                        key());
        assertThat(author.notices()
                        .getDraft(id)
                        .getContent()
                        .getEvent()
                        .getRepeat()
                        .getExcept())
                .containsExactly(LocalDate.of(2026, 12, 12));
        author.submit(id);
        approver.approve(id, 4, When.NOW);
        author.steps()
                .prolong(
                        id,
                        new Prolongation()
                                .until(new TownTime().local("2027-01-10T12:00"))
                                .reason("Une semaine de plus."),
                        key());
        author.submit(id);
        approver.approve(id, 5, When.NOW);

        Notice shown = author.notices().getNotice(id);
        assertThat(shown.getPublished().getCorrections()).hasSize(2);
        assertThat(shown.getPublished().getUntil().toLocalDate()).isEqualTo(LocalDate.of(2027, 1, 10));
        assertThat(author.details().listRevisions(id, null, null).getItems()).hasSize(5);
        assertThat(author.details()
                        .getRevision(id, 5)
                        .getContent()
                        .getPictures()
                        .getFirst()
                        .getCredit())
                .isEqualTo("Service culture");
        assertThat(author.details()
                        .getRevision(id, 5)
                        .getContent()
                        .getPictures()
                        .getFirst()
                        .getFocus())
                .isEqualTo(Focus.TOP_LEFT);

        approver.steps().withdraw(id, new Withdrawal().reason("La place est inondée."), key());
        assertThat(author.notices().getNotice(id).getPublished().getWithdrawal().getReason())
                .isEqualTo("La place est inondée.");
        assertThat(author.details().listHistory(id, null, null).getItems())
                .extracting(HistoryEntry::getAction)
                .last()
                .isEqualTo(tambour.client.model.Action.WITHDRAW);
    }

    @Test
    void aRenditionIsEditedAndDerivedAgain() throws ApiException {
        String id = begun(news("Travaux rue du Lavoir"));
        author.renditions()
                .editRendition(
                        id,
                        "feed",
                        "fr",
                        new RenditionChange()
                                .fields(Map.of("title", "Lavoir : travaux"))
                                .version(1L),
                        null);
        assertThat(feed(id).getFields()).containsEntry("title", "Lavoir : travaux");
        assertThat(feed(id).getEdited()).isTrue();
        author.renditions()
                .resetRendition(
                        id, "feed", "fr", "\"" + author.notices().getDraft(id).getVersion() + "\"", null);
        assertThat(feed(id).getFields()).containsEntry("title", "Travaux rue du Lavoir");
        assertThat(feed(id).getEdited()).isFalse();
    }

    private Rendition feed(String id) throws ApiException {
        return author.renditions().listRenditions(id).getItems().stream()
                .filter(rendition -> rendition.getChannel().equals("feed"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEmergencyGoesOutIsCorrectedAndEnds() throws ApiException {
        NoticeContent alert = new NoticeContent()
                .kind(Kind.EMERGENCY)
                .words(Map.of("fr", new Words().instruction("Restez chez vous.")))
                .emergency(new Emergency().severity(Severity.SEVERE).area("Rives de l’Orge"));
        String id = approver.emergencies().releaseEmergency(alert, key()).getId();
        alert.setWords(Map.of("fr", new Words().instruction("Montez à l’étage.")));
        alert.setUntil(new TownTime().local("2026-11-24T20:00"));
        approver.emergencies()
                .correctEmergency(
                        id, new EmergencyCorrection().revision(1).content(alert).reason("Précision."), key());
        approver.steps()
                .prolong(
                        id,
                        new Prolongation()
                                .until(new TownTime().local("2026-11-25T08:00"))
                                .reason("L’eau ne baisse pas encore."),
                        key());
        assertThat(approver.notices().getNotice(id).getPublished().getCorrections())
                .hasSize(2);
        assertThat(approver.steps()
                        .withdraw(id, new Withdrawal().reason("Fin de l’alerte."), key())
                        .getPublicState())
                .isEqualTo(PublicState.WITHDRAWN);
    }

    @Test
    void aDraftIsNotedTakenBackFoundAndThrownAway() throws ApiException {
        String id = begun(news("Pour rien du tout"));
        author.notices().changeNote(id, new InternalNote().text("À revoir"));
        author.submit(id);
        author.steps().takeBack(id, "");
        NoticeList found = author.notices()
                .listNotices(Kind.NEWS, DraftState.DRAFT, PublicState.NONE, "rien du tout", 10, null, null);
        assertThat(found.getItems()).hasSize(1);
        author.notices().discardDraft(id, null);
        assertThat(author.notices().getNotice(id).getDraftState()).isEqualTo(DraftState.NONE);

        String unread = begun(news("Jamais lu"));
        author.notices().discardDraft(unread, null);
        assertThatThrownBy(() -> author.notices().getNotice(unread))
                .isInstanceOfSatisfying(ApiException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo(404);
                    assertThat(refused.getResponseBody()).contains("notice.unknown");
                });
    }

    @Test
    void pagesAreFollowedToTheEnd() throws ApiException {
        for (int i = 0; i < 5; i++) {
            begun(news("Pagination " + i));
        }
        int seen = 0;
        String cursor = null;
        do {
            NoticeList page = author.notices().listNotices(null, null, null, "pagination", 2, cursor, false);
            seen += page.getItems().size();
            cursor = page.getNextCursor();
        } while (cursor != null);
        assertThat(seen).isEqualTo(5);
    }

    @Test
    void thePublishedNoticeCanBeReadByItsPublicAddress() throws ApiException {
        String id = published(news("Bibliothèque ouverte"));
        assertThat(author.notices().getNotice(id).getPublished().getPage())
                .hasToString("https://clairval.example/avis/" + id + "/bibliotheque-ouverte");
    }

    private static File png(Path folder) throws Exception {
        File file = folder.resolve("marche.png").toFile();
        ImageIO.write(new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB), "png", file);
        return file;
    }
}
