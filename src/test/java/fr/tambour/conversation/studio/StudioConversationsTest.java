package fr.tambour.conversation.studio;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.audit.Audit;
import fr.tambour.conversation.Author;
import fr.tambour.conversation.Incoming;
import fr.tambour.conversation.Reaction;
import fr.tambour.conversation.Remark;
import fr.tambour.conversation.Report;
import fr.tambour.conversation.internal.Answer;
import fr.tambour.conversation.internal.Answers;
import fr.tambour.conversation.internal.Message;
import fr.tambour.conversation.internal.Messages;
import fr.tambour.notice.DeskTown;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.People;
import fr.tambour.people.Role;
import fr.tambour.people.StudioClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The desk reads what came back, by notice, and deals with it. */
@ParameterizedClass
@MethodSource("fr.tambour.notice.DeskTown#onBothEngines")
class StudioConversationsTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String MINA = "mina@clairval.example";
    private static final String ADELE = "adele@clairval.example";

    private final DeskTown town;
    private NoticeId notice;
    private String title;

    StudioConversationsTest(DeskTown town) {
        this.town = town;
    }

    @BeforeEach
    void aNoticeAndPeople() {
        if (reads(() -> town.tambour.bean(People.class).byEmail(MINA).isEmpty())) {
            town.person(town.here, MINA, Role.MODERATOR);
            town.person(town.here, "noe@clairval.example", Role.MODERATOR);
            town.person(town.here, ADELE, Role.ADMINISTRATOR);
        }
        title = "Le marché " + NUMBER.incrementAndGet();
        notice = town.published(town.news(title));
    }

    private <T> T reads(Supplier<T> work) {
        TransactionTemplate reading = new TransactionTemplate(town.tambour.bean(PlatformTransactionManager.class));
        reading.setReadOnly(true);
        return reading.execute(status -> work.get());
    }

    private StudioClient desk(String email) {
        StudioClient client = new StudioClient(town.tambour, town.here.slug());
        client.signIn(email, "une phrase assez longue");
        return client;
    }

    private long said(String name, @Nullable NoticeId about, String html, boolean open) {
        String id = "https://other.example/notes/" + notice.ref() + name;
        Author author = new Author(
                "https://other.example/users/" + name + notice.ref(),
                name + "@other.example",
                "",
                "https://other.example/@" + name,
                "other.example",
                "https://other.example/inbox");
        town.write(() -> {
            town.tambour
                    .bean(Incoming.class)
                    .said(
                            town.here.id(),
                            new Remark(
                                    "fediverse",
                                    id,
                                    author,
                                    html,
                                    List.of(),
                                    "fr",
                                    id,
                                    open,
                                    about,
                                    "",
                                    Instant.parse("2026-11-24T07:59:00Z")));
            return true;
        });
        return of(about).stream()
                .filter(message -> message.name().equals(id))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private List<Message> of(@Nullable NoticeId about) {
        return reads(
                () -> town.tambour.bean(Messages.class).of(town.here.id(), Optional.ofNullable(about), null, 100, 0));
    }

    private Message message(long id) {
        return reads(() -> town.tambour.bean(Messages.class).find(town.here.id(), id))
                .orElseThrow();
    }

    private List<Answer> answers(long id) {
        return reads(() -> town.tambour.bean(Answers.class).of(town.here.id(), id));
    }

    private static String path(long id) {
        return "/studio/echanges/" + id;
    }

    @Test
    void whatCameBackStandsByNoticeAndWhatNobodyHasOpenedIsMarked() {
        long first = said("alice", notice, "<p>À quelle heure ?</p>", true);
        said("bob", notice, "<p>Entre nous</p>", false);
        StudioClient mina = desk(MINA);

        String page = mina.get("/studio/echanges").body();
        assertThat(page)
                .contains("<h1>Échanges</h1>", title, "@alice@other.example", "À quelle heure ?", "Non lu", "Privé")
                .contains("2 messages, 2 non lus")
                .contains("aria-current=\"page\">Échanges<span class=\"n\">");

        String one = mina.get(path(first)).body();
        assertThat(one).contains("lang=\"fr\"><p>À quelle heure ?</p>", "/studio/avis/" + notice.ref());
        assertThat(message(first).unread()).isFalse();
        assertThat(mina.get("/studio/echanges?avis=" + notice.ref()).body()).contains("À quelle heure ?", "Entre nous");
        assertThat(mina.get("/studio/echanges?etat=traites").body()).doesNotContain(title);
    }

    @Test
    void theInboxIsForThoseWhoMayReadItAndSpeaksEnglishAsWell() {
        StudioClient author = desk("ines@clairval.example");
        assertThat(author.get("/studio/echanges").statusCode()).isEqualTo(403);
        assertThat(author.get("/studio").body()).doesNotContain("/studio/echanges");
        assertThat(new StudioClient(town.tambour, town.here.slug())
                        .get("/studio/echanges")
                        .statusCode())
                .isEqualTo(302);

        // An approver answers, and does not moderate.
        long id = said("carol", notice, "<p>Bonjour</p>", true);
        StudioClient approver = desk("marc@clairval.example");
        assertThat(approver.get(path(id)).body()).contains("/reponse\"").doesNotContain("/masquage\"");
        assertThat(approver.post(path(id) + "/traite").statusCode()).isEqualTo(403);
    }

    @Test
    void itIsAssignedNotedSettledAndPutBack() {
        long id = said("dora", notice, "<p>Bonjour</p>", true);
        StudioClient mina = desk(MINA);
        String page = mina.get(path(id)).body();
        String noe = page.replaceFirst("(?s).*<option value=\"(\\d+)\">noe@clairval.example<.*", "$1");

        mina.post(path(id) + "/attribution", "personne", noe);
        mina.post(path(id) + "/note", "note", "Voir avec la voirie.");
        mina.post(path(id) + "/traite");
        assertThat(message(id).assignee().orElseThrow().toString()).isEqualTo(noe);
        assertThat(message(id).state()).isEqualTo(Message.State.DONE);
        assertThat(mina.get(path(id)).body()).contains("Pour noe@clairval.example", "Voir avec la voirie.");

        mina.post(path(id) + "/reouverture");
        assertThat(message(id).state()).isEqualTo(Message.State.OPEN);
        assertThat(mina.post(path(id) + "/attribution", "personne", "12345").statusCode())
                .isEqualTo(422);
        assertThat(town.tambour.bean(Audit.class).page(town.here.id().value(), Long.MAX_VALUE, 4).stream()
                        .map(entry -> entry.entry().action()))
                .containsExactly(
                        "conversation.reopened", "conversation.settled", "conversation.noted", "conversation.assigned");
        assertThat(desk(ADELE).get("/studio/journal").body())
                .contains("Message confié", "@dora@other.example", path(id));
    }

    @Test
    void hidingWantsAReasonAndKeepsIt() {
        long id = said("eve", notice, "<p>Grossier</p>", true);
        StudioClient mina = desk(MINA);
        mina.get(path(id));

        HttpResponse<String> refused = mina.post(path(id) + "/masquage", "raison", "OTHER", "mots", " ");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Dites en quelques mots pourquoi");
        mina.post(path(id) + "/masquage", "raison", "PERSONAL_DATA", "mots", "Une adresse.");

        assertThat(mina.get(path(id)).body())
                .contains("Données personnelles de quelqu’un. Une adresse.")
                .doesNotContain("/reponse\"");
        assertThat(mina.get("/studio/echanges?etat=masques").body()).contains("Grossier");
        assertThat(mina.get("/studio/echanges").body()).doesNotContain("Grossier");
    }

    @Test
    void anAnswerLeavesAtOnceAndAClarificationStandsOnTheNoticesPage() {
        long id = said("fred", notice, "<p>À quelle heure&nbsp;?</p>", true);
        StudioClient mina = desk(MINA);
        mina.get(path(id));

        assertThat(mina.post(path(id) + "/reponse", "texte", " ").statusCode()).isEqualTo(422);
        mina.post(path(id) + "/reponse", "texte", "À 20 h 30, entrée libre.", "precision", "true");

        assertThat(answers(id)).singleElement().satisfies(answer -> {
            assertThat(answer.state()).isEqualTo(Answer.State.SENT);
            assertThat(answer.clarifies()).isTrue();
        });
        assertThat(message(id).state()).isEqualTo(Message.State.DONE);
        String page = publicPage("");
        assertThat(page)
                .contains("Précision de la ville", "À 20 h 30, entrée libre.", "id=\"reponse-")
                .doesNotContain("À quelle heure", "fred");
        assertThat(publicPage("/en")).contains("Made clear by the town", "<p lang=\"fr\">À 20 h 30, entrée libre.</p>");

        mina.post("/studio/echanges/reponses/" + answers(id).getFirst().id() + "/retrait");
        assertThat(publicPage("")).doesNotContain("À 20 h 30");
        assertThat(mina.get(path(id)).body()).contains("Retirée le");
    }

    private String publicPage(String language) {
        StudioClient reader = new StudioClient(town.tambour, town.here.slug());
        String slug = town.notice(notice).published().orElseThrow().slug();
        HttpResponse<String> page = reader.get(language + "/avis/" + notice.ref() + "/" + slug);
        assertThat(page.statusCode()).isEqualTo(200);
        return page.body();
    }

    @Test
    void aPrivateMessageIsNotMadeClearInPublic() {
        long id = said("gil", notice, "<p>Entre nous</p>", false);
        StudioClient mina = desk(MINA);
        assertThat(mina.get(path(id)).body()).doesNotContain("name=\"precision\"");

        HttpResponse<String> refused = mina.post(path(id) + "/reponse", "texte", "Voici tout.", "precision", "true");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Voici tout.");
        assertThat(answers(id)).isEmpty();
    }

    @Test
    void whereTheTownAsksForItASecondPersonSendsTheAnswer() {
        StudioClient adele = desk(ADELE);
        adele.get("/studio/echanges/reglages");
        adele.post("/studio/echanges/reglages", "deux", "true", "mots", "nigaud\n\ngros mot");
        try {
            long id = said("hugo", notice, "<p>Espèce de nigaud, <a href=\"https://a.example/\">ici</a></p>", true);
            StudioClient mina = desk(MINA);
            assertThat(mina.get(path(id)).body())
                    .contains("Mots de votre liste\u00a0: nigaud", "Un lien", "Soumettre la réponse à validation");
            mina.post(path(id) + "/reponse", "texte", "Restons courtois.");
            long answer = answers(id).getFirst().id();
            assertThat(answers(id).getFirst().state()).isEqualTo(Answer.State.WAITING);
            assertThat(mina.get("/studio/echanges").body()).contains("Réponse à relire");

            assertThat(mina.post("/studio/echanges/reponses/" + answer + "/envoi")
                            .statusCode())
                    .isEqualTo(403);
            StudioClient marc = desk("marc@clairval.example");
            marc.get(path(id));
            marc.post("/studio/echanges/reponses/" + answer + "/envoi");

            assertThat(answers(id).getFirst().state()).isEqualTo(Answer.State.SENT);
            assertThat(marc.post("/studio/echanges/reponses/" + answer + "/abandon")
                            .statusCode())
                    .isEqualTo(409);
        } finally {
            adele.post("/studio/echanges/reglages", "mots", "");
        }
    }

    @Test
    void repliesThatAreSavedAreFilledInAndChanged() {
        long id = said("iris", notice, "<p>Bonjour</p>", true);
        StudioClient mina = desk(MINA);
        mina.get("/studio/echanges/reglages");
        mina.post("/studio/echanges/reglages/reponses", "titre", "Horaires", "texte", "De 9 h à 17 h.");
        String page = mina.get(path(id)).body();
        String filled =
                page.replaceFirst("(?s).*href=\"(/studio/echanges/" + id + "\\?modele=\\d+)#repondre\".*", "$1");

        assertThat(mina.get(filled).body()).contains("De 9 h à 17 h.</textarea>");

        String saved = filled.replaceFirst(".*=", "");
        mina.post("/studio/echanges/reglages/reponses", "id", saved, "titre", "Horaires", "texte", "De 9 h à 18 h.");
        assertThat(mina.get("/studio/echanges/reglages").body()).contains("De 9 h à 18 h.");
        mina.post("/studio/echanges/reglages/reponses/" + saved + "/retrait");
        assertThat(mina.get("/studio/echanges/reglages").body()).doesNotContain("De 9 h à 18 h.");
        assertThat(mina.post("/studio/echanges/reglages", "deux", "true").statusCode())
                .isEqualTo(403);
    }

    @Test
    void reportsStandAboveUntilTheyAreSettledAndBlocksAreLifted() {
        town.write(() -> {
            town.tambour
                    .bean(Incoming.class)
                    .reported(
                            town.here.id(),
                            new Report(
                                    "fediverse",
                                    "https://a.example/flags/" + notice.ref(),
                                    "a.example",
                                    notice,
                                    "Faux."));
            return true;
        });
        long id = said("jo", notice, "<p>Bonjour</p>", true);
        StudioClient mina = desk(MINA);
        String page = mina.get("/studio/echanges").body();
        assertThat(page).contains("a.example signale l’avis «\u00a0" + title + "\u00a0»", "Faux.");
        mina.post(page.replaceFirst("(?s).*action=\"(/studio/echanges/signalements/\\d+/traite)\".*", "$1"));
        assertThat(mina.get("/studio/echanges").body()).doesNotContain("signale l’avis «\u00a0" + title);

        mina.get(path(id));
        mina.post(path(id) + "/blocage", "portee", "AUTHOR");
        String settings = mina.get("/studio/echanges/reglages").body();
        assertThat(settings).contains("jo@other.example", "Compte bloqué");
        mina.post(settings.replaceFirst("(?s).*action=\"(/studio/echanges/reglages/blocages/\\d+/levee)\".*", "$1"));
        assertThat(mina.get("/studio/echanges/reglages").body()).doesNotContain("jo@other.example");
    }

    @Test
    void howManySpokeOfItIsSaidFromTenOn() {
        Incoming incoming = town.tambour.bean(Incoming.class);
        assertThat(publicPage("")).doesNotContain("Dans le fédivers");
        for (int i = 0; i < 10; i++) {
            String who = "https://other.example/" + i;
            town.write(() -> {
                incoming.reacted(
                        town.here.id(),
                        new Reaction(notice, Reaction.Kind.REPOST, who, who + "/boost", "other.example"));
                return true;
            });
        }
        town.tambour.clock().advance(Duration.ofMinutes(2));
        assertThat(publicPage("")).contains("Dans le fédivers", "10 partages").doesNotContain("réponses");
    }

    @Test
    void whoAsksForItFindsNothingOfTheirsHereButWhatWasHidden() {
        long kept = said("lou", notice, "<p>Bonjour</p>", true);
        long answered = said("max", notice, "<p>Bonsoir</p>", true);
        StudioClient mina = desk(MINA);
        mina.get(path(answered));
        mina.post(path(answered) + "/reponse", "texte", "Bonsoir à vous.");

        assertThat(mina.post(path(kept) + "/effacement").statusCode()).isEqualTo(302);
        mina.post(path(answered) + "/effacement");

        assertThat(mina.get(path(kept)).statusCode()).isEqualTo(404);
        assertThat(mina.get(path(answered)).body())
                .contains("Auteur non conservé", "Bonsoir à vous.")
                .doesNotContain("max@other.example", "<p>Bonsoir</p>");
    }

    @Test
    void anotherTownReadsNothingOfIt() {
        long id = said("kim", notice, "<p>Bonjour</p>", true);
        StudioClient there = new StudioClient(town.tambour, town.there.slug());
        there.signIn("zoe@orval.example", "une phrase assez longue");

        assertThat(there.get("/studio/echanges").body()).doesNotContain(title);
        assertThat(there.get(path(id)).statusCode()).isEqualTo(404);
        assertThat(there.post(path(id) + "/reponse", "texte", "Bonjour").statusCode())
                .isEqualTo(404);
    }
}
