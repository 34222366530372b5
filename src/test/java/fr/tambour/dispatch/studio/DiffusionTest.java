package fr.tambour.dispatch.studio;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Choices;
import fr.tambour.dispatch.Choices.QuietHours;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.notice.Content;
import fr.tambour.notice.DeskTown;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.Role;
import fr.tambour.people.StudioClient;
import fr.tambour.phone.internal.Phone;
import fr.tambour.phone.internal.Phones;
import fr.tambour.phone.internal.PushEndpoint;
import fr.tambour.phone.internal.TestKeys;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.ui.Words;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the desk sees before and while a notice goes out, and what it may do about it. Nothing leaves by itself here. */
@ParameterizedClass
@MethodSource("fr.tambour.notice.DeskTown#onBothEngines")
class DiffusionTest {

    private static final Choices ALL = new Choices(Set.of(), Set.of(), Set.of(), null, "fr", false);

    /** The test's clock begins at nine in the town. */
    private static final Choices LATE_RISER =
            new Choices(Set.of(), Set.of(), Set.of(), new QuietHours(22, 11), "fr", false);

    private final DeskTown town;

    DiffusionTest(DeskTown town) {
        this.town = town;
    }

    /** 1,400 who are awake, 25 who sleep until eleven. */
    @BeforeEach
    void phones() {
        Phones phones = town.tambour.bean(Phones.class);
        byte[] key = TestKeys.publicKey();
        town.write(() -> {
            if (phones.highestKey(town.here.id()) == 0) {
                for (long i = 1; i <= 1_425; i++) {
                    Phone phone = new Phone(
                            i,
                            "push.example",
                            new PushEndpoint(URI.create("https://push.example/" + i), key, TestKeys.secret(1)),
                            "fr");
                    phones.add(
                            town.here.id(),
                            phone,
                            "mac" + i,
                            true,
                            i <= 1_400 ? ALL : LATE_RISER,
                            "token",
                            Instant.EPOCH);
                    phones.activate(town.here.id(), i, "token", Instant.EPOCH, Instant.EPOCH, YearMonth.of(2026, 11));
                }
            }
            return true;
        });
    }

    @AfterEach
    void resumed() {
        town.write(() -> {
            InstanceFacts facts = town.tambour.bean(InstanceFacts.class);
            facts.resume(town.here.id().value());
            return facts;
        });
    }

    private StudioClient signedIn(String email) {
        StudioClient client = new StudioClient(town.tambour, town.here.slug());
        client.signIn(email, "une phrase assez longue");
        return client;
    }

    private StudioClient approver() {
        return signedIn("marc@clairval.example");
    }

    private Content toPhones(String title) {
        return town.news(title).withChannels(new TreeSet<>(Set.of("feed", "phone", "website")));
    }

    private static String path(NoticeId id) {
        return "/studio/avis/" + id.ref();
    }

    private static String text(HttpResponse<String> page) {
        return page.body()
                .replaceAll("<[^>]*>", " ")
                .replace("\u00a0", " ")
                .replace("\u202f", " ")
                .replaceAll("\\s+", " ");
    }

    @Test
    void whoeverApprovesReadsHowManyEachChannelWillReach() {
        NoticeId id = town.begun(toPhones("La halle rouvre"));
        town.submitted(id);

        String page = text(approver().get(path(id) + "/lecture"));

        assertThat(page)
                .contains("Qui sera touché si l’avis sort maintenant")
                .contains("Site Visible dès la publication")
                .contains("Flux et calendriers Visible dès la publication")
                .contains("Téléphones environ 1 400 téléphones tout de suite")
                .contains("environ 30 téléphones à la fin de leurs heures calmes, aujourd’hui à 11 h");
    }

    @Test
    void aLanguageThatIsAddedIsSaidToBeToldToNobodyAnewAndACorrectionToThoseAlreadyReachedToo() {
        NoticeId id = town.published(toPhones("Le bal"));
        town.desk.correct(town.author, id);
        Content bilingual = toPhones("Le bal").withWords("en", Content.Words.of("The ball", "A summary.", "A text."));
        town.desk.save(town.author, id, town.version(id), bilingual, "En anglais aussi.");
        town.submitted(id);
        assertThat(text(approver().get(path(id) + "/lecture")))
                .contains("Téléphones aucun téléphone à prévenir")
                .contains("personne n’est prévenu de nouveau");

        town.desk.takeBack(town.author, id, "");
        town.desk.save(town.author, id, town.version(id), toPhones("Le bal à 21 h"), "L’heure change.");
        town.submitted(id);
        assertThat(text(approver().get(path(id) + "/lecture")))
                .contains("Téléphones environ 1 400 téléphones tout de suite")
                .contains("va aussi à ceux que l’avis a déjà touchés");
    }

    @Test
    void anAlertIsSaidToReachThoseWhoSleepToo() {
        assertThat(text(approver().get("/studio/urgence/crue")))
                .contains("Téléphones environ 1 430 téléphones tout de suite");
    }

    @Test
    void whatIsNewAboutAnAlertIsSaidToReachThoseWhoSleepTooAndThoseAlreadyReached() {
        NoticeId id = town.newId();
        town.desk.releaseEmergency(town.approver, id, town.alert("Montez à l’étage."));

        assertThat(text(approver().get("/studio/urgence/point/" + id.ref())))
                .contains("Téléphones environ 1 430 téléphones tout de suite")
                .contains("va aussi à ceux que l’avis a déjà touchés");
    }

    @Test
    void theNoticesPageSaysHowFarItIsAndIsPausedResumedAndStopped() {
        NoticeId id = town.published(toPhones("Le marché déménage"));
        StudioClient approver = approver();

        assertThat(text(approver.get(path(id))))
                .contains("Téléphones, publication En cours 0 sur 1 425")
                .contains("Reste à faire 1 425")
                .contains("Site, publication En ligne Visible dès la publication")
                .doesNotContain("reçu", "Accepté par le service");

        HttpResponse<String> paused = approver.post(path(id) + "/diffusion/phone/pause");
        assertThat(paused.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith(path(id) + "#diffusion"));
        assertThat(text(approver.get(path(id) + "/diffusion")))
                .contains("En pause Plus rien ne part")
                .contains("Reprendre");
        approver.post(path(id) + "/diffusion/phone/reprise");
        assertThat(text(approver.get(path(id) + "/diffusion")))
                .contains("En cours")
                .contains("Mettre en pause");

        assertThat(approver.post(path(id) + "/diffusion/phone/arret", "reason", " ")
                        .statusCode())
                .isEqualTo(422);
        approver.post(path(id) + "/diffusion/phone/arret", "reason", "Mauvaise date");
        HttpResponse<String> stopped = approver.get(path(id) + "/diffusion");
        assertThat(text(stopped)).contains("Téléphones, publication Arrêté").contains("Arrêté par une personne");
        assertThat(stopped.body()).doesNotContain("/arret", "/reprise", "/pause");
        assertThat(approver.post(path(id) + "/diffusion/phone/reprise").statusCode())
                .isEqualTo(409);

        town.person(town.here, "anne" + id.ref() + "@clairval.example", Role.ADMINISTRATOR);
        assertThat(text(signedIn("anne" + id.ref() + "@clairval.example").get("/studio/journal")))
                .contains("Diffusion arrêtée")
                .contains("Le marché déménage")
                .contains("raison : Mauvaise date")
                .contains("canal : téléphones")
                .contains("Diffusion mise en pause")
                .contains("Diffusion reprise");
    }

    @Test
    void whatARestoreHoldsBackSaysSoAndCanBeStoppedButNotResumedByItself() {
        NoticeId id = town.published(toPhones("La brocante"));
        InstanceFacts facts = town.tambour.bean(InstanceFacts.class);
        town.write(() -> {
            town.tambour.bean(Dispatches.class).restored();
            facts.pause(town.here.id().value(), town.tambour.clock().instant());
            return facts;
        });
        try {
            StudioClient approver = approver();

            HttpResponse<String> block = approver.get(path(id) + "/diffusion");
            assertThat(text(block)).contains("Téléphones, publication En pause").contains("depuis la restauration");
            assertThat(block.body())
                    .contains("/phone/arret")
                    .doesNotContain("/phone/reprise", "/phone/pause", "Plus rien ne part avant");

            town.tambour.clock().advance(Duration.ofSeconds(1));
            NoticeId since = town.published(toPhones("La kermesse"));
            assertThat(text(approver.get(path(since) + "/diffusion")))
                    .contains("Téléphones, publication En cours")
                    .contains("Mettre en pause");
        } finally {
            town.write(() -> {
                facts.resume(town.here.id().value());
                return facts;
            });
        }
        assertThat(text(approver().get(path(id) + "/diffusion"))).contains("Téléphones, publication En cours");
    }

    @Test
    void whatWasUnderWayInABackupIsListedBeforeItsTownResumes() {
        NoticeId id = town.published(toPhones("Le feu d’artifice"));
        NoticeId paused = town.published(toPhones("Le tournoi de boules"));
        StudioClient approver = approver();
        approver.get(path(paused));
        approver.post(path(paused) + "/diffusion/phone/pause");
        String out = town.tambour
                .bean(Words.class)
                .in(Locale.FRENCH)
                .moment(town.tambour.clock().instant().atZone(town.here.zone()))
                .replace("\u00a0", " ");
        town.tambour.clock().advance(Duration.ofMinutes(2));
        InstanceFacts facts = town.tambour.bean(InstanceFacts.class);
        town.write(() -> {
            town.tambour.bean(Dispatches.class).restored();
            facts.pause(town.here.id().value(), town.tambour.clock().instant());
            return facts;
        });
        town.tambour.clock().advance(Duration.ofSeconds(1));
        NoticeId since = town.published(toPhones("La fête des voisins"));

        HttpResponse<String> page = approver.get("/studio/reprise");

        String listed = text(page).substring(text(page).indexOf("Repartira à la reprise"));
        assertThat(listed)
                .contains("Le feu d’artifice encore 1 425 à prévenir, depuis le " + out)
                .doesNotContain("Le tournoi de boules", "La fête des voisins");
        assertThat(page.body()).contains(path(id) + "#diffusion").doesNotContain(path(since) + "#diffusion");

        approver.get(path(id));
        approver.post(path(id) + "/diffusion/phone/arret", "reason", "Déjà parti");
        assertThat(text(approver.get("/studio/reprise"))).doesNotContain("Le feu d’artifice");
        approver.post("/studio/reprise");
        assertThat(text(approver.get("/studio/reprise"))).doesNotContain("Repartira");
    }

    /** What goes to phones is written otherwise in the books. */
    private void changed(NoticeId id, String change) {
        town.write(() -> town.tambour
                .bean(JdbcClient.class)
                .sql("UPDATE dispatch SET " + change
                        + " WHERE town_id = :town AND notice_id = :notice AND channel = 'phone'")
                .param("town", town.here.id().value())
                .param("notice", id.value())
                .update());
    }

    @Test
    void whatIsToGoOverAChannelThatThisServerDoesNotHaveSaysSoAndCanOnlyBeStopped() {
        NoticeId id = town.published(toPhones("Le lâcher de pigeons"));
        changed(id, "channel = 'pigeon'");
        StudioClient approver = approver();

        HttpResponse<String> page = approver.get(path(id));
        assertThat(text(page))
                .contains("pigeon, publication En cours Ce serveur n’a pas ce canal :")
                .contains("Site, publication En ligne");
        assertThat(page.body())
                .contains("/diffusion/pigeon/arret")
                .doesNotContain("/diffusion/pigeon/reprise", "/diffusion/pigeon/pause");
        assertThat(text(approver.get("/avis/" + id.ref() + "/bilan")))
                .as("another server may carry it")
                .contains("pigeon")
                .doesNotContain("En pause");

        approver.post(path(id) + "/diffusion/pigeon/arret", "reason", "Plus de pigeons");
        assertThat(text(approver.get(path(id) + "/diffusion"))).contains("pigeon, publication Arrêté");
    }

    @Test
    void whatTakesANoticeOffThePhonesGoesOnByItselfAndHasNoButtons() {
        NoticeId id = town.published(toPhones("Le vide-grenier"));
        town.desk.correct(town.author, id);
        town.desk.save(
                town.author,
                id,
                town.version(id),
                toPhones("Le vide-grenier").withChannels(new TreeSet<>(Set.of("feed", "website"))),
                "Plus sur les téléphones.");
        town.desk.approve(town.approver, id, town.submitted(id), "", new NoticeDesk.Release.Now());

        HttpResponse<String> block = approver().get(path(id) + "/diffusion");

        assertThat(text(block)).contains("Téléphones, rectificatif En cours");
        assertThat(block.body()).doesNotContain("/phone/arret", "/phone/reprise", "/phone/pause");
    }

    @Test
    void thatNobodyHadAskedIsNotSaidToHaveBeenDone() {
        NoticeId id = town.published(toPhones("Le club d’échecs"));
        changed(id, "state = 'SETTLED', settled_at = opened_at");

        assertThat(text(approver().get(path(id))))
                .contains("Téléphones, publication Personne à prévenir Personne n’avait demandé à en être prévenu.")
                .doesNotContain("Terminé");
    }

    @Test
    void whyPhonesFailedIsSaidInPlainWords() {
        NoticeId id = town.published(toPhones("La piscine ferme"));
        town.write(() -> town.tambour
                .bean(JdbcClient.class)
                .sql("""
                        INSERT INTO dispatch_slice (town_id, dispatch_id, number, to_key, cursor_key, begun_key, sent_key,
                          under_way, fence, leased_until, done, accepted, gone, failed, expired, unknown, stopped, first_at,
                          last_at, delays, reasons)
                        SELECT town_id, id, 0, 40, 40, 40, 40, 0, 1, 0, 1, 0, 0, 26, 0, 0, 0, NULL, NULL, '', :reasons
                        FROM dispatch WHERE town_id = :town AND notice_id = :notice AND channel = 'phone'
                          AND hours NOT LIKE 'WAKING%'
                        """)
                .param("town", town.here.id().value())
                .param("notice", id.value())
                .param("reasons", "301=1 400=2 403=3 413=15 503=1 origin=2")
                .update());

        assertThat(text(approver().get(path(id))))
                .contains("Échec Le message est trop long pour ce service, même raccourci. 15")
                .contains("Échec Le service ne laisse pas la ville écrire à cet abonnement. 3")
                .contains("Échec Le service a refusé pour de bon. 3")
                .contains("Échec Abandonné après de nombreux essais : le service est resté en panne ou débordé. 1")
                .contains("Échec Abandonné : depuis trop longtemps, le service n’acceptait plus rien. 2")
                .contains("Échec Le service a refusé pour de bon, ou n’a rien accepté malgré de nombreux essais. 2");
    }

    @Test
    void whoMayNotPublishSeesHowFarItIsAndHasNoButtons() {
        NoticeId id = town.published(toPhones("Les horaires changent"));
        StudioClient author = signedIn("ines@clairval.example");

        HttpResponse<String> page = author.get(path(id));
        assertThat(text(page)).contains("Téléphones, publication En cours");
        assertThat(page.body()).doesNotContain("/diffusion/phone/");
        assertThat(author.post(path(id) + "/diffusion/phone/pause").statusCode())
                .isEqualTo(403);
    }

    @Test
    void whatHasNeverComeOutHasNoSuchBlock() {
        NoticeId id = town.begun(toPhones("Pas encore"));
        town.submitted(id);
        assertThat(approver().get(path(id) + "/lecture").body()).doesNotContain("live-diffusion");
    }
}
