package fr.tambour.conversation.studio;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.audit.Audit;
import fr.tambour.conversation.Author;
import fr.tambour.conversation.Carried;
import fr.tambour.conversation.Incoming;
import fr.tambour.conversation.Reaction;
import fr.tambour.conversation.Remark;
import fr.tambour.conversation.Report;
import fr.tambour.conversation.Wording;
import fr.tambour.conversation.internal.Answer;
import fr.tambour.conversation.internal.Answers;
import fr.tambour.conversation.internal.Guard;
import fr.tambour.conversation.internal.Message;
import fr.tambour.conversation.internal.Messages;
import fr.tambour.conversation.internal.Reactions;
import fr.tambour.notice.DeskTown;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.People;
import fr.tambour.people.Role;
import fr.tambour.people.StudioClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
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

    private Remark remark(
            String name,
            @Nullable NoticeId about,
            String html,
            boolean open,
            @Nullable String language,
            String host,
            String which,
            @Nullable Instant changed) {
        String id = "https://other.example/notes/" + notice.ref() + name + which;
        Author author = new Author(
                "https://other.example/users/" + name + notice.ref(),
                name + "@other.example",
                "",
                "https://other.example/@" + name,
                host,
                "https://other.example/inbox");
        return new Remark(
                "fediverse",
                id,
                author,
                Wording.of(html),
                List.of(),
                language == null ? "" : language,
                id,
                open,
                about,
                "",
                Instant.parse("2026-11-24T07:59:00Z"),
                changed);
    }

    private long said(String name, @Nullable NoticeId about, String html, boolean open) {
        return brings(name, about, html, open, "fr");
    }

    private long brings(String name, @Nullable NoticeId about, String html, boolean open, @Nullable String language) {
        return brings(name, about, html, open, language, "other.example");
    }

    private long brings(
            String name, @Nullable NoticeId about, String html, boolean open, @Nullable String language, String host) {
        return brings(name, about, html, open, language, host, "");
    }

    /** @return 0 where it was not kept */
    private long brings(
            String name,
            @Nullable NoticeId about,
            String html,
            boolean open,
            @Nullable String language,
            String host,
            String which) {
        Remark remark = remark(name, about, html, open, language, host, which, null);
        town.write(() -> {
            town.tambour.bean(Incoming.class).said(town.here.id(), remark);
            return true;
        });
        return reads(() -> town.tambour.bean(Messages.class).named(town.here.id(), remark.name()))
                .map(Message::id)
                .orElse(0L);
    }

    /** By its writer, later than ever. */
    private void changes(String name, String html) {
        Remark remark = remark(
                name,
                notice,
                html,
                true,
                "fr",
                "other.example",
                "",
                town.tambour.clock().instant());
        town.write(() -> {
            town.tambour.bean(Incoming.class).changed(town.here.id(), remark);
            return true;
        });
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

    /** As somebody does who has the page before them. */
    private HttpResponse<String> post(StudioClient desk, long id, String what, String... fields) {
        return seen(desk, Long.toString(message(id).version()), path(id) + what, fields);
    }

    private static HttpResponse<String> seen(StudioClient desk, String version, String path, String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        all.addAll(List.of("vu", version));
        return desk.post(path, all.toArray(String[]::new));
    }

    private static String version(String page) {
        return page.replaceFirst("(?s).*name=\"vu\" value=\"(\\d+)\".*", "$1");
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
    void whatIsReadFromRightToLeftReordersNothingOfThePageAroundIt() {
        long id = said("ronit", notice, "<p>Bravo \u202Eà tous</p><p>\u05E9\u05DC\u05D5\u05DD</p>", true);
        StudioClient mina = desk(MINA);

        Document inbox =
                Jsoup.parse(mina.get("/studio/echanges?avis=" + notice.ref()).body());
        Document page = Jsoup.parse(mina.get(path(id)).body());

        assertThat(inbox.select(".talk-excerpt[dir=auto]").text()).isEqualTo("Bravo à tous \u05E9\u05DC\u05D5\u05DD");
        assertThat(inbox.select(".row__t > bdi").text()).contains("@ronit@other.example");
        assertThat(page.select(".talk-text[dir=auto]").text()).isEqualTo("Bravo à tous \u05E9\u05DC\u05D5\u05DD");
        assertThat(page.select("h1 > bdi").text()).contains("@ronit@other.example");
    }

    @Test
    void whatHasNeitherWordsNorAttachmentsIsNotKept() {
        assertThat(said("sacha", notice, "<p> </p>", true)).isZero();
        assertThat(said("sacha", notice, "<p>\u200B&nbsp;</p>", true)).isZero();

        assertThat(of(notice)).isEmpty();
        changes("sacha", "<p>Bonjour</p>");
        assertThat(of(notice)).extracting(Message::plain).containsExactly("Bonjour");
    }

    @Test
    void itIsAssignedNotedSettledAndPutBack() {
        long id = said("dora", notice, "<p>Bonjour</p>", true);
        StudioClient mina = desk(MINA);
        String page = mina.get(path(id)).body();
        String noe = page.replaceFirst("(?s).*<option value=\"(\\d+)\">noe@clairval.example<.*", "$1");

        mina.post(path(id) + "/attribution", "personne", noe);
        post(mina, id, "/note", "note", "Voir avec la voirie.");
        post(mina, id, "/traite");
        assertThat(message(id).assignee().orElseThrow().toString()).isEqualTo(noe);
        assertThat(message(id).state()).isEqualTo(Message.State.DONE);
        assertThat(mina.get(path(id)).body()).contains("Pour noe@clairval.example", "Voir avec la voirie.");

        post(mina, id, "/reouverture");
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

        HttpResponse<String> refused = post(mina, id, "/masquage", "raison", "OTHER", "mots", " ");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Dites en quelques mots pourquoi");
        for (String reason : List.of("ILLEGAL", "RULES")) {
            assertThat(post(mina, id, "/masquage", "raison", reason).statusCode())
                    .as("which law, or which rule")
                    .isEqualTo(422);
        }
        post(mina, id, "/masquage", "raison", "PERSONAL_DATA", "mots", "Une adresse.");

        assertThat(mina.get(path(id)).body())
                .contains("Données personnelles de quelqu’un", "<p lang=\"fr\">Une adresse.</p>")
                .doesNotContain("/reponse\"");
        assertThat(mina.get("/studio/echanges?etat=masques").body()).contains("Grossier");
        assertThat(mina.get("/studio/echanges").body()).doesNotContain("Grossier");
    }

    @Test
    void whatWasTypedCanBeCopiedWhereAColleagueHidTheMessageMeanwhile() {
        long id = said("edgar", notice, "<p>Bonjour</p>", true);
        StudioClient mina = desk(MINA);
        mina.get(path(id));
        StudioClient noe = desk("noe@clairval.example");
        noe.get(path(id));
        post(noe, id, "/masquage", "raison", "SPAM");

        HttpResponse<String> answered = post(mina, id, "/reponse", "texte", "Une longue réponse.");
        assertThat(answered.statusCode()).isEqualTo(409);
        assertThat(answered.body()).contains("readonly", "Une longue réponse.", "Rien n’en a été envoyé");
        HttpResponse<String> hidden = post(mina, id, "/masquage", "raison", "RULES", "mots", "De longues raisons.");
        assertThat(hidden.statusCode()).isEqualTo(409);
        assertThat(hidden.body()).contains("readonly", "De longues raisons.");
    }

    @Test
    void anAnswerLeavesAtOnceAndAClarificationStandsOnTheNoticesPage() {
        long id = said("fred", notice, "<p>À quelle heure&nbsp;?</p>", true);
        StudioClient mina = desk(MINA);
        mina.get(path(id));

        assertThat(post(mina, id, "/reponse", "texte", " ").statusCode()).isEqualTo(422);
        post(mina, id, "/reponse", "texte", "À 20 h 30, entrée libre.", "precision", "true");

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

        HttpResponse<String> refused = post(mina, id, "/reponse", "texte", "Voici tout.", "precision", "true");

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
            post(mina, id, "/reponse", "texte", "Restons courtois.");
            long answer = answers(id).getFirst().id();
            assertThat(answers(id).getFirst().state()).isEqualTo(Answer.State.WAITING);
            assertThat(mina.get("/studio/echanges").body()).contains("Réponse à relire");

            assertThat(mina.post("/studio/echanges/reponses/" + answer + "/envoi")
                            .statusCode())
                    .isEqualTo(403);
            StudioClient marc = desk("marc@clairval.example");
            String before = version(marc.get(path(id)).body());
            changes("hugo", "<p>Espèce de goujat</p>");
            HttpResponse<String> refused = seen(marc, before, "/studio/echanges/reponses/" + answer + "/envoi");
            assertThat(refused.statusCode())
                    .as("its writer changed what is answered")
                    .isEqualTo(409);
            assertThat(refused.body()).contains("Ce message a changé depuis que vous l’avez ouvert", "goujat");
            seen(marc, version(refused.body()), "/studio/echanges/reponses/" + answer + "/envoi");

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
        String blocks = mina.get("/studio/echanges/blocages?nom=jo@other").body();
        assertThat(blocks).contains("jo@other.example", "Compte bloqué");
        assertThat(mina.get(path(id)).body()).contains("est bloqué").doesNotContain("/reponse\"");
        HttpResponse<String> refused = post(mina, id, "/reponse", "texte", "Bonjour.");
        assertThat(refused.statusCode()).isEqualTo(409);
        mina.get("/studio/echanges/blocages");
        mina.post(blocks.replaceFirst("(?s).*action=\"(/studio/echanges/blocages/\\d+/levee)\".*", "$1"));
        assertThat(mina.get("/studio/echanges/blocages").body()).doesNotContain("jo@other.example");
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
        for (int i = 0; i < 10; i++) {
            brings("one", notice, "<p>Encore moi</p>", true, "fr", "other.example", "n" + i);
        }
        town.tambour.clock().advance(Duration.ofMinutes(2));
        assertThat(publicPage(""))
                .contains("Dans le fédivers", "10 partages")
                .as("ten by one person are not ten people")
                .doesNotContain("10 réponses");
        for (int i = 0; i < 9; i++) {
            brings("other" + i, notice, "<p>Moi aussi</p>", true, "fr");
        }
        town.tambour.clock().advance(Duration.ofMinutes(2));
        assertThat(publicPage("")).contains("19 réponses");
    }

    @Test
    void whoAsksForItFindsNothingOfTheirsHereButWhatWasHidden() {
        long kept = said("lou", notice, "<p>Bonjour</p>", true);
        long answered = said("max", notice, "<p>Bonsoir</p>", true);
        StudioClient mina = desk(MINA);
        mina.get(path(answered));
        post(mina, answered, "/reponse", "texte", "Bonsoir à vous.");

        assertThat(mina.post(path(kept) + "/effacement").statusCode()).isEqualTo(302);
        mina.post(path(answered) + "/effacement");

        assertThat(mina.get(path(kept)).statusCode()).isEqualTo(404);
        assertThat(mina.get(path(answered)).body())
                .contains("Auteur non conservé", "Bonsoir à vous.")
                .doesNotContain("max@other.example", "<p>Bonsoir</p>");

        brings("lou", notice, "<p>Bonjour</p>", true, null);
        assertThat(of(notice))
                .as("sent once more")
                .noneMatch(message -> message.plain().equals("Bonjour"));
    }

    @Test
    void ofTwoWhoAnswerTheSameTheSecondIsToldAndLosesNothing() {
        long id = said("nina", notice, "<p>À quelle heure ?</p>", true);
        StudioClient mina = desk(MINA);
        StudioClient noe = desk("noe@clairval.example");
        String minas = version(mina.get(path(id)).body());
        String noes = version(noe.get(path(id)).body());

        assertThat(seen(mina, minas, path(id) + "/reponse", "texte", "À 20 h 30.")
                        .statusCode())
                .isEqualTo(302);
        HttpResponse<String> refused =
                seen(noe, noes, path(id) + "/reponse", "texte", "À 21 heures.", "precision", "true", "langue", "en");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("Ce message a changé depuis que vous l’avez ouvert", "À 21 heures.</textarea>", "À 20 h 30.")
                .containsPattern("name=\"precision\"[^>]* checked")
                .containsPattern("value=\"en\"[^>]* selected");
        assertThat(answers(id)).hasSize(1);
        seen(noe, version(refused.body()), path(id) + "/reponse", "texte", "À 21 heures.");
        assertThat(answers(id)).as("having read the other").hasSize(2);

        // What nobody says to have seen is not acted upon.
        assertThat(noe.post(path(id) + "/reponse", "texte", "Encore.").statusCode())
                .isEqualTo(409);
    }

    @Test
    void whoAnswersHidesOrNotesWhatWasChangedMeanwhileIsToldAndLosesNothing() {
        long id = said("olga", notice, "<p>Merci</p>", true);
        StudioClient mina = desk(MINA);
        String before = version(mina.get(path(id)).body());
        changes("olga", "<p>Pas merci du tout</p>");

        HttpResponse<String> answer = seen(mina, before, path(id) + "/reponse", "texte", "Avec plaisir.");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("Pas merci du tout", "Avec plaisir.</textarea>");
        HttpResponse<String> hiding =
                seen(mina, before, path(id) + "/masquage", "raison", "RULES", "mots", "Ton déplacé.");
        assertThat(hiding.statusCode()).isEqualTo(409);
        assertThat(hiding.body()).contains("Ton déplacé.</textarea>").containsPattern("value=\"RULES\"[^>]* checked");
        HttpResponse<String> note = seen(mina, before, path(id) + "/note", "note", "À rappeler.");
        assertThat(note.statusCode()).isEqualTo(409);
        assertThat(note.body()).contains("À rappeler.</textarea>");
        assertThat(answers(id)).isEmpty();
        HttpResponse<String> settled = seen(mina, before, path(id) + "/traite");
        assertThat(settled.statusCode()).as("what nobody has read").isEqualTo(409);
        assertThat(settled.body()).contains("Pas merci du tout");
        assertThat(message(id).state()).isEqualTo(Message.State.OPEN);
        assertThat(post(mina, id, "/traite").statusCode()).isEqualTo(302);
        String done = version(mina.get(path(id)).body());
        assertThat(seen(mina, done, path(id) + "/traite").statusCode())
                .as("pressed twice")
                .isEqualTo(302);
        changes("olga", "<p>Toujours pas</p>");
        seen(mina, done, path(id) + "/traite");
        assertThat(message(id).state()).isEqualTo(Message.State.OPEN);
        post(mina, id, "/masquage", "raison", "SPAM");
        assertThat(seen(mina, done, path(id) + "/reouverture").statusCode())
                .as("a colleague hid it since")
                .isEqualTo(409);
        assertThat(message(id).state()).isEqualTo(Message.State.HIDDEN);
        post(mina, id, "/reouverture");
    }

    @Test
    void anAnswerThatDidNotArriveIsSaidNotToHave() {
        long id = said("paul", notice, "<p>À quelle heure ?</p>", true);
        StudioClient mina = desk(MINA);
        mina.get(path(id));
        post(mina, id, "/reponse", "texte", "À 20 h 30.");
        long answer = answers(id).getFirst().id();
        assertThat(mina.get(path(id)).body())
                .contains("En chemin vers son serveur")
                .doesNotContain("/renvoi\"");

        for (Carried what : Carried.values()) {
            town.write(() -> {
                Instant now = town.tambour.clock().instant();
                town.tambour.bean(Answers.class).carried(town.here.id(), answer, Carried.UNDERWAY, now);
                town.tambour.bean(Incoming.class).carried(town.here.id(), answer, what);
                return true;
            });
            String page = mina.get(path(id)).body();
            assertThat(page.contains("/reponses/" + answer + "/renvoi\""))
                    .as("%s", what)
                    .isEqualTo(what.failed());
            assertThat(page.contains(">Pas arrivée<")).as("%s", what).isEqualTo(what.failed());
        }
        town.write(() -> {
            town.tambour.bean(Incoming.class).carried(town.here.id(), answer, Carried.REFUSED);
            return true;
        });
        assertThat(mina.get("/studio/echanges").body()).contains("Réponse pas arrivée", "@paul@other.example");
        mina.get(path(id));
        mina.post("/studio/echanges/reponses/" + answer + "/renvoi");
        assertThat(mina.get(path(id)).body()).contains("En chemin vers son serveur");
        assertThat(message(id).state()).isEqualTo(Message.State.DONE);
        assertThat(mina.post("/studio/echanges/reponses/" + answer + "/renvoi").statusCode())
                .isEqualTo(409);
    }

    @Test
    void itIsAnsweredInItsOwnLanguageWhereTheTownHasIt() {
        long id = brings("pat", notice, "<p>What time?</p>", true, "en-GB");
        long elsewhere = brings("piotr", notice, "<p>O której?</p>", true, "pl");
        StudioClient mina = desk(MINA);

        assertThat(mina.get(path(id)).body()).containsPattern("<option value=\"en\"[^>]* selected");
        assertThat(mina.get(path(elsewhere)).body()).containsPattern("<option value=\"fr\"[^>]* selected");
        assertThat(post(mina, id, "/reponse", "texte", "W", "langue", "pl").statusCode())
                .as("the town does not write Polish")
                .isEqualTo(422);
        post(mina, id, "/reponse", "texte", "At half past eight.", "langue", "en", "precision", "true");

        assertThat(answers(id).getFirst().language()).isEqualTo("en");
        assertThat(publicPage("")).contains("<p lang=\"en\">At half past eight.</p>");
    }

    @Test
    void fromOneServer120ComeInAnHourAboutOneNoticeAndTheRestIsCounted() {
        for (int i = 0; i < 121; i++) {
            brings("many" + i, notice, "<p>Encore</p>", true, "fr", "busy.example:" + (4_000 + i));
        }
        assertThat(reads(() -> town.tambour.bean(Messages.class).of(town.here.id(), Optional.of(notice), null, 200, 0)))
                .hasSize(120);
        assertThat(desk(MINA).get("/studio/echanges").body()).contains("1 message de busy.example n’a pas été gardé");

        town.tambour.clock().advance(Duration.ofMinutes(61));
        brings("later", notice, "<p>Encore</p>", true, "fr", "busy.example");
        assertThat(reads(() -> town.tambour.bean(Messages.class).of(town.here.id(), Optional.of(notice), null, 200, 0)))
                .hasSize(121);
    }

    @Test
    void fromOneServer20ReportsComeInAnHour() {
        for (int i = 0; i < 22; i++) {
            String name = "https://flags.example/" + notice.ref() + i;
            town.write(() -> {
                town.tambour
                        .bean(Incoming.class)
                        .reported(town.here.id(), new Report("fediverse", name, "flags.example", notice, "Faux."));
                return true;
            });
        }
        List<Guard.Reported> reports =
                reads(() -> town.tambour.bean(Guard.class).reports(town.here.id(), false, 100)).stream()
                        .filter(report -> report.host().equals("flags.example"))
                        .toList();
        assertThat(reports).hasSize(20);
        assertThat(desk(MINA).get("/studio/echanges").body()).contains("2 messages de flags.example");
        town.write(() -> {
            Instant now = town.tambour.clock().instant();
            reports.forEach(report -> town.tambour.bean(Guard.class).settleReport(town.here.id(), report.id(), now));
            return true;
        });
    }

    @Test
    void inOneDayNoServerFillsTheBooks() {
        LocalDate today = LocalDate.ofInstant(town.tambour.clock().instant(), ZoneOffset.UTC);
        for (Guard.Arrival kind : Guard.Arrival.values()) {
            town.write(() -> town.tambour.bean(Guard.class).arrives(town.here.id(), "day.example", today, kind));
        }
        town.write(() -> town.tambour.bean(JdbcClient.class).sql("""
                        UPDATE conversation_arrived SET amount =
                          CASE kind WHEN 'MESSAGE' THEN 999 WHEN 'REACTION' THEN 9999 ELSE 2000 END WHERE host = 'day.example'
                        """).update());
        Incoming incoming = town.tambour.bean(Incoming.class);
        for (int i = 0; i < 3; i++) {
            String who = "https://day.example/" + notice.ref() + i;
            brings("day" + i, notice, "<p>Encore</p>", true, "fr", "day.example");
            town.write(() -> {
                incoming.reacted(
                        town.here.id(), new Reaction(notice, Reaction.Kind.LIKE, who, who + "/like", "day.example"));
                incoming.reactionTakenBack(town.here.id(), who, who + "/other");
                return true;
            });
        }

        assertThat(of(notice)).hasSize(1);
        assertThat(reads(() -> town.tambour.bean(Reactions.class).count(town.here.id(), notice, Reaction.Kind.LIKE)))
                .isEqualTo(1);
        assertThat(reads(() -> town.tambour
                        .bean(Guard.class)
                        .isBuried(
                                town.here.id(),
                                "https://day.example/" + notice.ref() + 2,
                                "https://day.example/" + notice.ref() + "2/other")))
                .isFalse();
        assertThat(desk(MINA).get("/studio/echanges").body())
                .contains("day.example a envoyé plus de 10\u202f000 mentions «\u00a0J’aime\u00a0» et partages");
    }

    private void reacts(Reaction.Kind kind, String who, String host) {
        town.write(() -> {
            town.tambour
                    .bean(Incoming.class)
                    .reacted(
                            town.here.id(),
                            new Reaction(notice, kind, "https://" + host + "/" + who, who + kind + notice.ref(), host));
            return true;
        });
    }

    @Test
    void theDeskReadsHowFarANoticeWentOnItsPageAndInTheInbox() {
        StudioClient mina = desk(MINA);
        String page = "/studio/avis/" + notice.ref();
        assertThat(mina.get(page).body()).contains("Personne ne l’a encore partagé ni aimé.");
        said("aline", notice, "<p>Bonjour</p>", true);
        String unheard = mina.get("/studio/echanges?avis=" + notice.ref()).body();
        assertThat(unheard).contains("Bonjour").doesNotContain("talk-spread");

        reacts(Reaction.Kind.LIKE, "a", "a.example");
        assertThat(mina.get(page).body()).contains("Pas encore partagé\u00a0; 1 mention «\u00a0J’aime\u00a0»");
        reacts(Reaction.Kind.REPOST, "a", "a.example");
        assertThat(mina.get(page).body()).contains("Partagé 1 fois, depuis 1 serveur\u00a0; 1 mention");
        reacts(Reaction.Kind.REPOST, "b", "a.example");
        reacts(Reaction.Kind.REPOST, "c", "c.example");
        reacts(Reaction.Kind.LIKE, "c", "c.example");

        String far = "Partagé 3 fois, depuis 2 serveurs\u00a0; 2 mentions «\u00a0J’aime\u00a0»";
        assertThat(mina.get(page).body()).contains(far);
        assertThat(mina.get("/studio/echanges").body()).contains(far);
        assertThat(mina.get("/studio/echanges?avis=" + notice.ref()).body()).contains(far);
        assertThat(desk("marc@clairval.example").get(page).body()).contains(far);
        assertThat(desk("ines@clairval.example").get(page).body())
                .as("for those who may read what comes back")
                .doesNotContain("Partagé 3 fois");
        assertThat(publicPage("")).as("few are few").doesNotContain("Partagé 3 fois", "3 partages");
    }

    @Test
    void aMessageIsReportedToItsServerInTheTownsNameAndItSaysSoAfterwards() {
        long id = said("ulysse", notice, "<p>Une menace</p>", true);
        StudioClient mina = desk(MINA);
        String seen = version(mina.get(path(id)).body());
        assertThat(mina.get(path(id)).body()).contains("Signaler à other.example");

        HttpResponse<String> silent = post(mina, id, "/signalement", "motif", " ");
        assertThat(silent.statusCode()).isEqualTo(422);
        assertThat(silent.body()).contains("Dites en quelques mots ce que vous signalez");
        assertThat(answers(id)).isEmpty();

        assertThat(seen(mina, seen, path(id) + "/signalement", "motif", "Il menace le maire.")
                        .statusCode())
                .isEqualTo(302);
        assertThat(mina.get(path(id)).body())
                .contains("Signalé à other.example le ", " par " + MINA, "Il menace le maire.");
        assertThat(message(id).state()).as("nothing else comes of it").isEqualTo(Message.State.OPEN);
        assertThat(town.tambour.bean(Audit.class).page(town.here.id().value(), Long.MAX_VALUE, 1).stream()
                        .map(entry -> entry.entry().action()))
                .containsExactly("conversation.reported");
        assertThat(publicPage("")).doesNotContain("Il menace le maire.");

        HttpResponse<String> twice = seen(mina, seen, path(id) + "/signalement", "motif", "Il menace le maire.");
        assertThat(twice.statusCode()).as("as somebody does who clicks twice").isEqualTo(409);
        assertThat(twice.body()).contains("Il menace le maire.</textarea>");
        assertThat(answers(id)).hasSize(1);

        post(mina, id, "/blocage", "portee", "AUTHOR");
        assertThat(mina.get(path(id)).body()).as("also of whom is blocked").contains("/signalement\"");
    }

    @Test
    void onlyWhoModeratesReportsAndOnlyWhatCameFromAServer() {
        long id = said("victor", notice, "<p>Une menace</p>", true);
        StudioClient marc = desk("marc@clairval.example");
        assertThat(marc.get(path(id)).body()).contains("/reponse\"").doesNotContain("/signalement\"");
        assertThat(marc.post(path(id) + "/signalement", "motif", "Il menace.", "vu", "0")
                        .statusCode())
                .isEqualTo(403);
        assertThat(desk("ines@clairval.example")
                        .post(path(id) + "/signalement", "motif", "Il menace.", "vu", "0")
                        .statusCode())
                .isEqualTo(403);

        StudioClient mina = desk(MINA);
        mina.get(path(id));
        town.write(() -> town.tambour
                .bean(JdbcClient.class)
                .sql("UPDATE conversation_message SET channel = 'website' WHERE town_id = :town AND id = :id")
                .param("town", town.here.id().value())
                .param("id", id)
                .update());
        assertThat(mina.get(path(id)).body()).contains("/masquage\"").doesNotContain("/signalement\"");
        assertThat(post(mina, id, "/signalement", "motif", "Il menace.").statusCode())
                .isEqualTo(422);
        assertThat(answers(id)).isEmpty();
    }

    @Test
    void answersToOneNoticeAreSlowedDownAndStoppedAndItsPageSaysSo() {
        StudioClient mina = desk(MINA);
        String desk = mina.get("/studio/avis/" + notice.ref()).body();
        assertThat(desk).contains("Ce qui revient", "name=\"rythme\" value=\"SLOW\"");
        mina.post("/studio/echanges/rythme/" + notice.ref(), "rythme", "SLOW");

        long first = said("quentin", notice, "<p>Un</p>", true);
        brings("quentin", notice, "<p>Deux</p>", true, "fr", "other.example", "again");
        said("rose", notice, "<p>Trois</p>", true);
        assertThat(of(notice)).hasSize(2);
        assertThat(publicPage("")).contains("nous recevons une réponse par personne et par heure sur cet avis");
        assertThat(mina.get("/studio/echanges").body()).contains("Réponses ralenties depuis le");
        for (int i = 0; i < 21; i++) {
            brings("slow" + i, notice, "<p>Encore</p>", true, "fr", "slow.example");
        }
        assertThat(of(notice)).as("of one server twenty an hour").hasSize(22);

        mina.get("/studio/avis/" + notice.ref());
        mina.post("/studio/echanges/rythme/" + notice.ref(), "rythme", "STOPPED");
        brings("sami", notice, "<p>Quatre</p>", true, "fr");
        assertThat(of(notice)).hasSize(22);
        changes("quentin", "<p>Un, corrigé</p>");
        assertThat(message(first).plain())
                .as("what is here may still be changed")
                .isEqualTo("Un, corrigé");
        assertThat(publicPage("")).contains("nous ne recevons plus de réponses à cet avis");
        assertThat(publicPage("/en")).contains("we receive no more answers to this notice");
        assertThat(mina.get("/studio/echanges").body())
                .contains("ou arrivés pendant que les réponses étaient arrêtées");

        mina.get("/studio/avis/" + notice.ref());
        mina.post("/studio/echanges/rythme/" + notice.ref(), "rythme", "NORMAL");
        said("tina", notice, "<p>Cinq</p>", true);
        assertThat(publicPage("")).doesNotContain("nous ne recevons plus");
        assertThat(desk(ADELE).get("/studio/journal").body()).contains("Rythme des réponses à un avis changé", title);

        StudioClient marc = desk("marc@clairval.example");
        assertThat(marc.get("/studio/avis/" + notice.ref()).body())
                .contains("Ce qui revient")
                .doesNotContain("name=\"rythme\"");
        assertThat(marc.post("/studio/echanges/rythme/" + notice.ref(), "rythme", "STOPPED")
                        .statusCode())
                .isEqualTo(403);
    }

    /** Somebody answers somebody else, and calls the town as their server does by itself. */
    private boolean answers(String name, String repliesTo) {
        Remark plain = remark(name, null, "<p>Moi aussi</p>", true, "fr", "other.example", "", null);
        Remark remark = new Remark(
                plain.channel(),
                plain.name(),
                plain.author(),
                plain.words(),
                plain.attachments(),
                plain.language(),
                plain.link(),
                plain.open(),
                null,
                repliesTo,
                plain.writtenAt(),
                null);
        town.write(() -> {
            town.tambour.bean(Incoming.class).said(town.here.id(), remark);
            return true;
        });
        return reads(() -> town.tambour.bean(Messages.class).named(town.here.id(), remark.name()))
                .isPresent();
    }

    private String nameOf(String name) {
        return remark(name, null, "", true, "fr", "other.example", "", null).name();
    }

    private void takesBack(String name, String which) {
        Remark remark = remark(name, notice, "", true, "fr", "other.example", which, null);
        town.write(() -> {
            town.tambour
                    .bean(Incoming.class)
                    .takenBack(town.here.id(), remark.author().id(), remark.name());
            return true;
        });
    }

    private void paced(StudioClient desk, String pace) {
        desk.get("/studio/avis/" + notice.ref());
        desk.post("/studio/echanges/rythme/" + notice.ref(), "rythme", pace);
    }

    @Test
    void whereAnswersAreStoppedPeopleDoNotGoOnBelowEachOthers() {
        StudioClient mina = desk(MINA);
        said("deleted", notice, "<p>Un</p>", true);
        takesBack("deleted", "");
        paced(mina, "STOPPED");
        said("first", notice, "<p>Un</p>", true);

        assertThat(answers("second", nameOf("first"))).isFalse();
        assertThat(answers("third", nameOf("second"))).isFalse();
        assertThat(answers("fourth", nameOf("deleted")))
                .as("below what its author took back")
                .isFalse();
        assertThat(answers("other", "https://other.example/notes/unheard-of"))
                .as("which is about something else")
                .isTrue();

        paced(mina, "NORMAL");
        assertThat(answers("fifth", nameOf("third"))).isTrue();
        assertThat(of(notice)).extracting(Message::plain).containsExactly("Moi aussi");
    }

    @Test
    void whoTakesBackWhatTheySaidMakesNoRoomForMore() {
        paced(desk(MINA), "SLOW");
        assertThat(brings("rita", notice, "<p>Un</p>", true, "fr", "other.example", "a"))
                .isPositive();
        takesBack("rita", "a");

        assertThat(brings("rita", notice, "<p>Deux</p>", true, "fr", "other.example", "b"))
                .isZero();
        town.tambour.clock().advance(Duration.ofMinutes(61));
        assertThat(brings("rita", notice, "<p>Trois</p>", true, "fr", "other.example", "c"))
                .isPositive();
        takesBack("rita", "c");

        paced(desk(MINA), "NORMAL");
        for (int i = 0; i < 19; i++) {
            brings("rita", notice, "<p>Encore</p>", true, "fr", "other.example", "n" + i);
            takesBack("rita", "n" + i);
        }
        assertThat(brings("rita", notice, "<p>Encore</p>", true, "fr", "other.example", "last"))
                .as("twenty of one person within an hour")
                .isZero();
    }

    @Test
    void whereNobodyElseMayDecideWhoHidItDoes() {
        String alone = "seul-" + notice.ref() + "@orval.example";
        town.person(town.there, alone, Role.MODERATOR);
        Remark remark = remark("sam", null, "<p>Un</p>", true, "fr", "other.example", "", null);
        town.write(() -> {
            town.tambour.bean(Incoming.class).said(town.there.id(), remark);
            return true;
        });
        long id = reads(() -> town.tambour.bean(Messages.class).named(town.there.id(), remark.name()))
                .orElseThrow()
                .id();
        StudioClient desk = new StudioClient(town.tambour, town.there.slug());
        desk.signIn(alone, "une phrase assez longue");
        String seen = version(desk.get(path(id)).body());
        seen(desk, seen, path(id) + "/masquage", "raison", "RULES", "mots", "Injures.");
        town.write(() -> town.tambour
                .bean(JdbcClient.class)
                .sql("UPDATE conversation_appeal SET body = 'Pourquoi ?', filed_at = 5 WHERE message_id = :id")
                .param("id", id)
                .update());

        String decision = desk.get(path(id))
                .body()
                .replaceFirst("(?s).*action=\"(/studio/echanges/contestations/\\d+/decision)\".*", "$1");
        assertThat(desk.post(decision, "message", Long.toString(id), "accord", "false", "mots", "Relu.")
                        .statusCode())
                .isEqualTo(302);
        assertThat(desk.get(path(id)).body())
                .contains("Masquage maintenu le", "<p class=\"talk-plain\" lang=\"fr\">Relu.</p>");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where it is contested: the address itself is not kept, so it is given another. */
    private String contestedAt(long id) {
        return contestedAt(id, 0);
    }

    /** @param before how many there were of the same message before */
    private String contestedAt(long id, int before) {
        String token = "t".repeat(38) + "%05d".formatted(NUMBER.incrementAndGet());
        town.write(() -> town.tambour
                .bean(JdbcClient.class)
                .sql("""
                        UPDATE conversation_appeal SET token = :token WHERE town_id = :town AND id = (
                          SELECT id FROM conversation_appeal WHERE town_id = :town AND message_id = :id ORDER BY id LIMIT 1 OFFSET :before)
                        """)
                .param("token", sha256(token))
                .param("before", before)
                .param("town", town.here.id().value())
                .param("id", id)
                .update());
        return "/contestation/" + token;
    }

    @Test
    void whoseMessageIsHiddenContestsItAndSomebodyElseDecides() {
        long id = said("ugo", notice, "<p>Un peu vif</p>", true);
        StudioClient mina = desk(MINA);
        mina.get(path(id));
        post(mina, id, "/masquage", "raison", "RULES", "mots", "Ton déplacé.");
        assertThat(answers(id)).singleElement().satisfies(statement -> {
            assertThat(statement.kind()).isEqualTo(Answer.Kind.STATEMENT);
            assertThat(statement.open()).isFalse();
            assertThat(statement.text())
                    .contains("Contraire aux règles du compte. Ton déplacé.", "Une personne l’a décidé")
                    .doesNotContain("/contestation/");
        });
        String address = contestedAt(id);
        StudioClient ugo = new StudioClient(town.tambour, town.here.slug());

        HttpResponse<String> page = ugo.get(address);
        assertThat(page.body())
                .contains("Message masqué", "Contraire aux règles du compte", "Ton déplacé.", "content=\"noindex\"")
                .doesNotContain("Un peu vif");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(ugo.get("/en" + address).body()).contains("Contest this decision");
        assertThat(ugo.get(address.replace("ttt", "uuu")).statusCode()).isEqualTo(404);
        HttpResponse<String> empty = ugo.postBare(address, "texte", " ");
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body())
                .contains("<title>Erreur", "aria-invalid=\"true\"", "aria-describedby=\"texte-hint texte-error\"")
                .contains("id=\"texte-error\"");

        for (String language : List.of("", "/en", "")) {
            HttpResponse<String> filed = ugo.postBare(language + address, "texte", "C’était de l’humour.");
            assertThat(filed.statusCode()).as("also the same once more").isEqualTo(303);
            assertThat(filed.headers().firstValue("Location").orElseThrow()).endsWith(language + address);
        }
        assertThat(ugo.get(address).body())
                .contains("Elle est arrivée le", "Elle n’a pas encore été examinée.", "Où en est votre contestation")
                .doesNotContain("<textarea");
        assertThat(ugo.postBare(address, "texte", "Encore.").statusCode()).isEqualTo(409);

        assertThat(mina.get("/studio/echanges").body())
                .contains("@ugo@other.example conteste le masquage de son message", "C’était de l’humour.");
        String hers = mina.get(path(id)).body();
        assertThat(hers).contains("c’est vous qui avez masqué ce message").doesNotContain("/decision\"");
        StudioClient noe = desk("noe@clairval.example");
        String decision = noe.get(path(id))
                .body()
                .replaceFirst("(?s).*action=\"(/studio/echanges/contestations/\\d+/decision)\".*", "$1");
        assertThat(mina.post(decision, "message", Long.toString(id), "accord", "true")
                        .statusCode())
                .isEqualTo(403);
        assertThat(noe.post(decision, "message", Long.toString(id), "accord", "false")
                        .statusCode())
                .as("without a word")
                .isEqualTo(422);

        noe.post(decision, "message", Long.toString(id), "accord", "true", "mots", "Vous avez raison.");

        assertThat(message(id).state()).isEqualTo(Message.State.OPEN);
        assertThat(answers(id).getLast().kind()).isEqualTo(Answer.Kind.DECISION);
        assertThat(answers(id).getLast().text()).contains("Il est rétabli.", "Vous avez raison.");
        assertThat(ugo.get(address).body()).contains("Le message a été rétabli le", "Vous avez raison.");
        assertThat(noe.post(decision, "message", Long.toString(id), "accord", "false", "mots", "Non.")
                        .statusCode())
                .isEqualTo(409);
        assertThat(noe.get("/studio/echanges").body()).doesNotContain("@ugo@other.example conteste");
    }

    @Test
    void whyItIsHiddenIsSaidInItsOwnLanguageAndToNobodyWhoIsBlocked() {
        long english = brings("xena", notice, "<p>Rude</p>", true, "en");
        long blocked = said("yann", notice, "<p>Grossier</p>", true);
        StudioClient mina = desk(MINA);
        mina.get(path(english));
        mina.post(path(blocked) + "/blocage", "portee", "AUTHOR");
        post(mina, english, "/masquage", "raison", "RULES", "mots", "Injures.");
        post(mina, blocked, "/masquage", "raison", "RULES", "mots", "Injures.");

        assertThat(answers(english)).singleElement().satisfies(statement -> {
            assertThat(statement.language()).isEqualTo("en");
            assertThat(statement.text()).contains("has been hidden here by our moderators", "Against the rules");
        });
        assertThat(message(blocked).state()).isEqualTo(Message.State.HIDDEN);
        assertThat(answers(blocked)).isEmpty();
        // It is no answer of the town's: it is not taken back.
        assertThat(mina.post("/studio/echanges/reponses/"
                                + answers(english).getFirst().id() + "/retrait")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void whoThinksBetterOfItNeedsNobodyToContestItAndItIsTooLateAfterSixMonths() {
        long shown = said("vera", notice, "<p>Un</p>", true);
        long late = said("wim", notice, "<p>Deux</p>", true);
        StudioClient mina = desk(MINA);
        mina.get(path(shown));
        post(mina, shown, "/masquage", "raison", "RULES", "mots", "Injures.");
        post(mina, late, "/masquage", "raison", "RULES", "mots", "Injures.");
        String hers = contestedAt(shown);
        String his = contestedAt(late);
        StudioClient reader = new StudioClient(town.tambour, town.here.slug());

        post(mina, shown, "/reouverture");
        assertThat(reader.get(hers).body())
                .contains("Le message a été rétabli le", "Où en est cette décision")
                .doesNotContain("<textarea", "votre contestation");
        assertThat(answers(shown)).as("nobody contested it").hasSize(1);

        town.write(() -> town.tambour
                .bean(JdbcClient.class)
                .sql("UPDATE conversation_appeal SET until = 0 WHERE town_id = :town AND message_id = :id")
                .param("town", town.here.id().value())
                .param("id", late)
                .update());
        assertThat(reader.get(his).body()).contains("Le délai pour contester est passé.");
        assertThat(reader.postBare(his, "texte", "Trop tard ?").statusCode()).isEqualTo(409);
    }

    private long until(long id) {
        return town.tambour
                .bean(JdbcClient.class)
                .sql(
                        "SELECT until FROM conversation_appeal WHERE town_id = :town AND message_id = :id ORDER BY id LIMIT 1")
                .param("town", town.here.id().value())
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private void refused(Answer answer) {
        town.write(() -> {
            town.tambour.bean(Incoming.class).carried(town.here.id(), answer.id(), Carried.REFUSED);
            return true;
        });
    }

    private static String again(Answer answer) {
        return "/studio/echanges/reponses/" + answer.id() + "/renvoi";
    }

    @Test
    void theLastDayOnWhichItIsContestedIsAWholeOne() {
        long id = said("xavier", notice, "<p>Un</p>", true);
        StudioClient mina = desk(MINA);
        mina.get(path(id));
        post(mina, id, "/masquage", "raison", "RULES", "mots", "Injures.");

        ZoneId zone = town.here.zone();
        ZonedDateTime until = Instant.ofEpochMilli(until(id)).atZone(zone);
        LocalDate named = message(id)
                .removal()
                .orElseThrow()
                .at()
                .atZone(zone)
                .toLocalDate()
                .plusMonths(6);
        assertThat(until).isEqualTo(named.plusDays(1).atStartOfDay(zone));
        assertThat(new StudioClient(town.tambour, town.here.slug())
                        .get(contestedAt(id))
                        .body())
                .contains("jusqu’au " + named.getDayOfMonth());
    }

    @Test
    void aStatementThatDidNotArriveIsSentAgainWithItsOwnAddressAndForSixMonthsMore() {
        long id = said("yves", notice, "<p>Un</p>", true);
        StudioClient mina = desk(MINA);
        mina.get(path(id));
        post(mina, id, "/masquage", "raison", "RULES", "mots", "Premier.");
        Answer first = answers(id).getFirst();
        refused(first);
        String before = contestedAt(id);
        town.write(() -> town.tambour
                .bean(JdbcClient.class)
                .sql("UPDATE conversation_appeal SET until = 5 WHERE town_id = :town AND message_id = :id")
                .param("town", town.here.id().value())
                .param("id", id)
                .update());
        StudioClient reader = new StudioClient(town.tambour, town.here.slug());

        assertThat(desk("marc@clairval.example").get(path(id)).body()).doesNotContain("/renvoi\"");
        StudioClient marc = desk("marc@clairval.example");
        marc.get(path(id));
        assertThat(marc.post(again(first)).statusCode())
                .as("who may not moderate")
                .isEqualTo(403);
        StudioClient adele = desk(ADELE);
        assertThat(adele.get(path(id)).body()).contains(again(first));
        assertThat(adele.post(again(first)).statusCode()).isEqualTo(302);
        assertThat(reader.get(before).statusCode()).as("another took its place").isEqualTo(404);
        assertThat(until(id)).isGreaterThan(town.tambour.clock().millis());

        // It is shown again, and hidden anew: the first is not about that.
        refused(answers(id).getFirst());
        mina.get(path(id));
        post(mina, id, "/reouverture");
        post(mina, id, "/masquage", "raison", "RULES", "mots", "Second.");
        String second = contestedAt(id, 1);
        assertThat(mina.post(again(first)).statusCode()).isEqualTo(409);
        assertThat(reader.get(second).statusCode()).isEqualTo(200);

        refused(answers(id).getLast());
        mina.post(path(id) + "/blocage", "portee", "AUTHOR");
        HttpResponse<String> blocked = mina.post(again(answers(id).getLast()));
        assertThat(blocked.statusCode()).isEqualTo(409);
        assertThat(blocked.body()).contains("est bloqué");
        assertThat(reader.get(second).statusCode()).isEqualTo(200);
    }

    @Test
    void whoTakesBackWhatIsHiddenLeavesNothingToBeRestored() {
        long id = said("zora", notice, "<p>Un</p>", true);
        StudioClient mina = desk(MINA);
        mina.get(path(id));
        post(mina, id, "/masquage", "raison", "RULES", "mots", "Injures.");
        String hers = contestedAt(id);
        StudioClient zora = new StudioClient(town.tambour, town.here.slug());
        zora.postBare(hers, "texte", "Pourquoi ?");
        Message hidden = message(id);
        town.write(() -> {
            town.tambour
                    .bean(Incoming.class)
                    .takenBack(town.here.id(), hidden.author().id(), hidden.name());
            return true;
        });

        StudioClient noe = desk("noe@clairval.example");
        String page = noe.get(path(id)).body();
        assertThat(page).contains("Clore la contestation").doesNotContain("Rétablir le message");
        String decision = page.replaceFirst("(?s).*action=\"(/studio/echanges/contestations/\\d+/decision)\".*", "$1");
        assertThat(noe.post(decision, "message", Long.toString(id), "accord", "true")
                        .statusCode())
                .isEqualTo(409);
        assertThat(noe.post(decision, "message", Long.toString(id), "accord", "false")
                        .statusCode())
                .isEqualTo(302);

        assertThat(message(id).state()).isEqualTo(Message.State.HIDDEN);
        assertThat(zora.get(hers).body())
                .contains("il n’y avait plus rien à rétablir")
                .doesNotContain("rétabli le", "maintenu");
        assertThat(answers(id)).as("nobody is told").hasSize(1);
        assertThat(desk(ADELE).get("/studio/journal").body()).contains("Contestation close");
    }

    @Test
    void whatAnOldLetterCameToChangesNothingOfWhatHappenedSince() {
        long id = said("abel", notice, "<p>Un</p>", true);
        StudioClient mina = desk(MINA);
        mina.get(path(id));
        post(mina, id, "/reponse", "texte", "À 20 h.");
        Answer first = answers(id).getFirst();
        post(mina, id, "/reponse", "texte", "À 20 h 30, pardon.");
        long before = message(id).version();

        refused(first);
        assertThat(message(id).state()).as("it was answered since").isEqualTo(Message.State.DONE);
        Answer second = answers(id).getLast();
        mina.post("/studio/echanges/reponses/" + second.id() + "/retrait");
        refused(second);
        assertThat(answers(id).getLast().carried()).isNotEqualTo(Optional.of(Carried.REFUSED));
        assertThat(message(id).state()).isEqualTo(Message.State.DONE);

        post(mina, id, "/reponse", "texte", "À 21 h.");
        Answer third = answers(id).getLast();
        town.write(() -> {
            town.tambour.bean(Incoming.class).carried(town.here.id(), third.id(), Carried.ACCEPTED);
            return true;
        });
        refused(third);
        assertThat(answers(id).getLast().carried()).contains(Carried.ACCEPTED);

        post(mina, id, "/reponse", "texte", "À 22 h.");
        long seen = message(id).version();
        refused(answers(id).getLast());
        assertThat(message(id).state()).isEqualTo(Message.State.OPEN);
        assertThat(message(id).version())
                .as("open pages notice")
                .isGreaterThan(seen)
                .isGreaterThan(before);
    }

    @Test
    void whoTriesAddressesIsBoundedAndWhoHasOneIsNot() {
        long id = said("zed", notice, "<p>Un</p>", true);
        StudioClient mina = desk(MINA);
        mina.get(path(id));
        post(mina, id, "/masquage", "raison", "RULES", "mots", "Injures.");
        String his = contestedAt(id);
        assertThat(contests(his, "https://evil.example").statusCode()).isEqualTo(403);
        List<HttpResponse<String>> misses = IntStream.range(0, 61)
                .mapToObj(i -> contests("/contestation/" + "%043d".formatted(i), null))
                .toList();
        assertThat(misses.subList(0, 60))
                .allSatisfy(miss -> assertThat(miss.statusCode()).isEqualTo(404));
        assertThat(misses.getLast().statusCode()).isEqualTo(429);
        assertThat(misses.getLast().headers().firstValue("Retry-After")).contains("60");
        assertThat(contests(his, null).statusCode()).isEqualTo(303);
    }

    /** From a network of its own: others are not counted with it. */
    private HttpResponse<String> contests(String path, @Nullable String origin) {
        URI address = town.tambour.url(town.here.slug(), path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("texte=Non"));
        try (HttpClient http = HttpClient.newBuilder()
                .localAddress(InetAddress.ofLiteral("127.0.0.9"))
                .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", address.getPort())))
                .build()) {
            return http.send(
                    origin == null
                            ? request.build()
                            : request.header("Origin", origin).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String uploaded(StudioClient desk, String list) {
        desk.get("/studio/echanges/blocages");
        HttpResponse<String> read = desk.upload("/studio/echanges/blocages", list.getBytes(StandardCharsets.UTF_8));
        assertThat(read.statusCode()).as(read.body()).isEqualTo(302);
        return URI.create(read.headers().firstValue("Location").orElseThrow()).getPath();
    }

    private static String fact(String page, String label) {
        return page.replaceFirst("(?s).*<dt>" + label + "</dt><dd>([^<]*)</dd>.*", "$1");
    }

    @Test
    void aListIsLookedAtTakenOverAndLetInAgainAsAWhole() {
        StudioClient mina = desk(MINA);
        String own = "seul" + notice.ref() + ".example";
        mina.get("/studio/echanges/blocages");
        mina.post("/studio/echanges/blocages/serveurs", "serveur", own);
        String list = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n"
                + own + ",suspend,true,true,,false\n"
                + "spam" + notice.ref() + ".example,suspend,true,true,Publicité,false\n"
                + "milder.example,silence,false,false,,false\n"
                + "clairval.example,suspend,false,false,Nous-mêmes,false\n";

        String path = uploaded(mina, list);

        String page = mina.get(path).body();
        assertThat(page)
                .contains("Rien n’est encore bloqué.", "Bloquer ce serveur", "spam" + notice.ref() + ".example")
                .doesNotContain("milder.example");
        assertThat(fact(page, "Serveurs à bloquer")).isEqualTo("1");
        assertThat(fact(page, "Déjà bloqués")).isEqualTo("1");
        assertThat(fact(page, "Lignes laissées de côté")).isEqualTo("2");
        assertThat(fact(page, "Abonnements qui prendront fin")).isEqualTo("0");
        String spammers = "www.spam" + notice.ref() + ".example";
        assertThat(brings("before", notice, "<p>Achetez</p>", true, "fr", spammers))
                .as("nothing is blocked by looking")
                .isPositive();

        assertThat(mina.post(path + "/import").statusCode()).isEqualTo(302);
        assertThat(mina.get(path).body()).contains("1 serveur bloqué par cette liste", "Lever tous les blocages");
        assertThat(mina.get("/studio/echanges/blocages").body()).contains(path, "Publicité");
        assertThat(brings("after", notice, "<p>Achetez</p>", true, "fr", spammers))
                .isZero();
        assertThat(desk(ADELE).get("/studio/journal").body()).contains("Liste de blocages importée", "ajoutés", path);
        String given = mina.get("/studio/echanges/blocages/serveurs.csv").body();
        assertThat(given)
                .startsWith("#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\r\n")
                .contains("spam" + notice.ref() + ".example,suspend,true,true,Publicité,false\r\n");
        assertThat(mina.get(uploaded(mina, given)).body())
                .as("all of it is blocked already")
                .doesNotContain("/import\"");

        mina.get(path);
        assertThat(mina.post(path + "/levee").statusCode()).isEqualTo(302);
        assertThat(mina.get(path).body()).contains("plus aucun serveur n’est bloqué par cette liste");
        assertThat(brings("again", notice, "<p>Achetez</p>", true, "fr", spammers))
                .isPositive();
        assertThat(brings("own", notice, "<p>Achetez</p>", true, "fr", own))
                .as("what was blocked otherwise stays so")
                .isZero();
        assertThat(mina.post(path + "/import").statusCode()).isEqualTo(409);
        assertThat(desk(ADELE).get("/studio/journal").body()).contains("Blocages d’une liste levés");

        String unwanted = uploaded(mina, "unwanted" + notice.ref() + ".example\n");
        mina.get(unwanted);
        mina.post(unwanted + "/abandon");
        assertThat(mina.get(unwanted).statusCode()).isEqualTo(404);
        assertThat(desk("marc@clairval.example").get(path).statusCode()).isEqualTo(403);
    }

    @Test
    void whatBrokeOffIsGoneOnWithAndEachPartIsInTheJournal() {
        StudioClient mina = desk(MINA);
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 1_100; i++) {
            many.append("p%04d-%s.example\n".formatted(i, notice.ref()));
        }
        String path = uploaded(mina, many.toString());
        String id = path.replaceFirst(".*/", "");
        town.write(() -> town.tambour
                .bean(JdbcClient.class)
                .sql("UPDATE conversation_list SET begun_at = 5 WHERE id = :id")
                .param("id", Long.valueOf(id))
                .update());
        assertThat(mina.get(path).body()).contains("s’est interrompu", "Reprendre l’import");

        mina.post(path + "/import");

        assertThat(mina.get(path).body())
                .contains("1\u202f100 serveurs bloqués par cette liste", "et 1\u202f000 autres");
        assertThat(town.tambour.bean(Audit.class).page(town.here.id().value(), Long.MAX_VALUE, 3).stream()
                        .map(entry -> entry.entry().details().get("added")))
                .containsExactly("100", "500", "500");
    }

    @Test
    void aListOfAccountsKeepsThemOutAndNotTheirServer() {
        StudioClient mina = desk(MINA);
        String path = uploaded(mina, "Troll@Other.example\n@pest@other.example\n");
        assertThat(mina.get(path).body()).contains("Bloquer ces 2 comptes", "troll@other.example");
        mina.post(path + "/import");
        try {
            assertThat(said("troll", notice, "<p>Un</p>", true)).isZero();
            assertThat(said("ulla", notice, "<p>Deux</p>", true)).isPositive();
            assertThat(mina.get("/studio/echanges/blocages?nom=troll@").body())
                    .contains("troll@other.example", "Compte bloqué");
        } finally {
            mina.get(path);
            mina.post(path + "/levee");
        }
        assertThat(said("troll", notice, "<p>Un</p>", true)).isPositive();
    }

    @Test
    void filesThatAreNoListsAreRefusedAndServersAreBlockedByNameAndFound() {
        StudioClient mina = desk(MINA);
        mina.get("/studio/echanges/blocages");
        HttpResponse<String> refused =
                mina.upload("/studio/echanges/blocages", "\"jamais fermé".getBytes(StandardCharsets.UTF_8));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("Ce fichier n’est pas une liste de serveurs ou de comptes", "la ligne 1 ne se lit pas");
        HttpResponse<String> large = mina.upload("/studio/echanges/blocages", new byte[2_000_001]);
        assertThat(large.statusCode()).isEqualTo(422);
        assertThat(large.body()).contains("Ce fichier dépasse 2\u00a0Mo");

        String named = "Named-" + notice.ref() + ".example";
        mina.get("/studio/echanges/blocages");
        assertThat(mina.post("/studio/echanges/blocages/serveurs", "serveur", "https://" + named + "/about")
                        .body())
                .contains("Le serveur est bloqué.", named.toLowerCase(Locale.ROOT));
        assertThat(mina.post("/studio/echanges/blocages/serveurs", "serveur", named)
                        .body())
                .contains("Ce serveur était déjà bloqué.");
        for (String none : List.of("", "example", "un serveur", "clairval.example")) {
            assertThat(mina.post("/studio/echanges/blocages/serveurs", "serveur", none)
                            .statusCode())
                    .as(none)
                    .isEqualTo(422);
        }

        // However many there are, each is found.
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            many.append("m%03d-%s.example\n".formatted(i, notice.ref()));
        }
        mina.post(uploaded(mina, many.toString()) + "/import");
        String found =
                mina.get("/studio/echanges/blocages?nom=-" + notice.ref()).body();
        assertThat(found).contains("m119-").doesNotContain("m000-");
        assertThat(mina.get("/studio/echanges/blocages?page=3&nom=-" + notice.ref())
                        .body())
                .contains("m000-")
                .doesNotContain("m119-");
        assertThat(desk("marc@clairval.example")
                        .get("/studio/echanges/blocages")
                        .statusCode())
                .isEqualTo(403);
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
