package fr.tambour.fediverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.Carried;
import fr.tambour.conversation.Reaction;
import fr.tambour.conversation.internal.Answer;
import fr.tambour.conversation.internal.AnswerDesk;
import fr.tambour.conversation.internal.Answers;
import fr.tambour.conversation.internal.BlockListDesk;
import fr.tambour.conversation.internal.Guard;
import fr.tambour.conversation.internal.Message;
import fr.tambour.conversation.internal.Messages;
import fr.tambour.conversation.internal.ModerationDesk;
import fr.tambour.conversation.internal.Reactions;
import fr.tambour.conversation.internal.RemovalReason;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.FollowerCount;
import fr.tambour.fediverse.internal.TestAccounts;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.Actor;
import fr.tambour.people.Role;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Await;
import fr.tambour.ui.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What others say to the town from their own servers, and what it answers them. */
class TalkTest {

    private static final FediverseTown TOWN = new FediverseTown(Dialect.SQLITE);
    private static final Actor MODERATOR = TOWN.colleague("mina@clairval.example", Role.MODERATOR);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Stranger stranger;
    private final URI inbox = TOWN.url("/fediverse/inbox");
    private final URI ville = TOWN.url("/@ville");
    private NoticeId notice;
    private String avis;

    TalkTest() throws IOException {
        stranger = new Stranger();
    }

    @BeforeEach
    void aNoticeAndSomebodyElsewhere() {
        stranger.account("alice");
        stranger.account("mallory");
        notice = TOWN.publishes("Le bal " + NUMBER.incrementAndGet(), "Samedi, sur la place.");
        avis = TOWN.url("/avis/" + notice.ref()).toString();
    }

    @AfterEach
    void leave() {
        stranger.close();
        TOWN.server().clock().go(Duration.ZERO);
    }

    @AfterAll
    static void close() {
        TOWN.close();
    }

    private static <T> T bean(Class<T> type) {
        return TOWN.server().bean(type);
    }

    private static <T> T reads(Supplier<T> work) {
        TransactionTemplate reading = new TransactionTemplate(bean(PlatformTransactionManager.class));
        reading.setReadOnly(true);
        return reading.execute(status -> work.get());
    }

    private List<Message> kept() {
        return reads(() -> bean(Messages.class).of(TOWN.town().id(), Optional.of(notice), null, 200, 0));
    }

    private String note(String author, String name, String inReplyTo, String text, String to) {
        return """
                {"id":"%s","type":"Note","attributedTo":"%s","inReplyTo":%s,"content":"%s","to":["%s"],"cc":["%s/followers"],
                 "published":"2026-11-24T07:30:00Z","url":"%s","contentMap":{"fr":"x"},
                 "attachment":[{"type":"Document","mediaType":"image/png","url":"%s"}]}
                """.formatted(
                        stranger.at("/" + author + "/notes/" + name),
                        stranger.at("/" + author),
                        inReplyTo.isEmpty() ? "null" : '"' + inReplyTo + '"',
                        text.replace("\"", "\\\""),
                        to,
                        stranger.at("/" + author),
                        stranger.at("/@" + author + "/" + name),
                        stranger.at("/media/" + name + ".png"));
    }

    private String activity(String type, String author, String name, String object) {
        return stranger.activity(type, author, stranger.at("/" + author + "#" + name), object);
    }

    private void sends(String author, String activity) throws Exception {
        var answer = stranger.sends(inbox, author, activity);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private String reply(String author, String name, String text) throws Exception {
        sends(author, activity("Create", author, "create-" + name, note(author, name, avis, text, PUBLIC)));
        return stranger.at("/" + author + "/notes/" + name).toString();
    }

    private static Stream<String> kindsOfServers() throws IOException {
        return Implementation.names();
    }

    /** Each in its own JSON: what the desk has of it then, and that the rest is taken and nothing kept of it. */
    @ParameterizedTest
    @MethodSource("kindsOfServers")
    void whatEveryKindOfServerSendsIsUnderstood(String kind) throws Exception {
        Implementation other = new Implementation(
                kind,
                stranger,
                Map.of(
                        "town",
                        ville.toString(),
                        "townhost",
                        ville.getRawAuthority(),
                        "notice",
                        avis,
                        "page",
                        avis + "/le-bal"));
        boolean aboutNotice = !"none".equals(other.expected("about"));
        long before = followers();

        if (takes(other, "follow")) {
            String follow = other.activity("follow").orElseThrow().path("id").asString();
            assertThat(followers()).isEqualTo(before + 1);
            Await.until(() -> stranger.received().stream()
                    .anyMatch(sent -> sent.contains("\"Accept\"") && sent.contains('"' + follow + '"')));
        }

        takes(other, "reply");
        String name =
                other.activity("reply").orElseThrow().path("object").path("id").asString();
        Message reply = named(name).orElseThrow();
        assertThat(reply.plain()).isEqualTo(other.expected("reply"));
        assertThat(reply.author().id())
                .isEqualTo(other.activity("reply").orElseThrow().path("actor").asString());
        assertThat(reply.author().handle()).isEqualTo(other.expected("handle") + "@" + stranger.host());
        assertThat(reply.author().name()).isEqualTo(other.expected("name"));
        assertThat(reply.author().link()).isEqualTo(other.expected("page"));
        assertThat(reply.language()).isEqualTo(other.expected("language"));
        assertThat(reply.link()).isEqualTo(other.expected("link"));
        assertThat(reply.attachments()).isEqualTo(other.attachments());
        assertThat(reply.open()).isTrue();
        assertThat(reply.notice()).isEqualTo(aboutNotice ? Optional.of(notice) : Optional.empty());
        assertThat(reply.text().html()).doesNotContain("<img", "<script", " style=", " class=");
        if (takes(other, "update")) {
            assertThat(named(name).orElseThrow().plain()).isEqualTo(other.expected("update"));
            assertThat(named(name).orElseThrow().changedAt()).isPresent();
        }

        for (Reaction.Kind reaction : Reaction.Kind.values()) {
            String what = reaction == Reaction.Kind.LIKE ? "like" : "announce";
            if (takes(other, what)) {
                assertThat(count(reaction)).as(what).isEqualTo(1);
                takes(other, "undo-" + what);
                assertThat(count(reaction)).as("undo-" + what).isZero();
            }
        }

        if (takes(other, "flag")) {
            boolean ofAccount = "account".equals(other.expected("flagged"));
            assertThat(reads(() -> bean(Guard.class).reports(TOWN.town().id(), false, 50)))
                    .anySatisfy(report -> {
                        assertThat(report.text()).isEqualTo(other.expected("flag"));
                        assertThat(report.notice()).isEqualTo(ofAccount ? Optional.empty() : Optional.of(notice));
                    });
        }

        List<Long> kept = List.of(followers(), messages(), reactions(), reports());
        for (String ignored : other.ignored()) {
            takes(other, ignored);
            assertThat(List.of(followers(), messages(), reactions(), reports()))
                    .as(ignored)
                    .isEqualTo(kept);
        }

        assertThat(takes(other, "delete")).isTrue();
        assertThat(named(name)).isEmpty();
        if (takes(other, "block")) {
            assertThat(followers()).as("who blocks the town does not follow it").isEqualTo(before);
            takes(other, "follow");
            assertThat(followers()).isEqualTo(before + 1);
        }
        takes(other, "undo-follow");
        assertThat(followers()).isEqualTo(before);
    }

    /** What ActivityStreams lets stand there several times, and by language alone. */
    @Test
    void whoseItIsAndWhatItAnswersMayBeSeveral() throws Exception {
        String several = note("alice", "several", avis, "Nous deux", PUBLIC)
                .replace(
                        "\"attributedTo\":" + quoted(stranger.at("/alice")),
                        "\"attributedTo\":[{\"type\":\"Group\",\"id\":%s},%s]"
                                .formatted(quoted(stranger.at("/us")), quoted(stranger.at("/alice"))))
                .replace(
                        "\"inReplyTo\":" + quoted(avis),
                        "\"inReplyTo\":[%s,{\"type\":\"Note\",\"id\":%s}]"
                                .formatted(quoted("https://elsewhere.example/1"), quoted(avis)))
                .replace("\"content\":\"Nous deux\",", "")
                .replace("{\"fr\":\"x\"}", "{\"fr\":\"<p>Nous deux</p>\"}");
        sends("alice", activity("Create", "alice", "create-several", several));
        String first = stranger.at("/alice/notes/several").toString();
        sends(
                "mallory",
                activity(
                        "Create",
                        "mallory",
                        "create-below",
                        note("mallory", "below", first, "D’accord", PUBLIC)
                                .replace(
                                        "\"inReplyTo\":" + quoted(first),
                                        "\"inReplyTo\":[%s,%s]"
                                                .formatted(quoted("https://elsewhere.example/2"), quoted(first)))));
        // None of them is who sends it.
        sends(
                "mallory",
                activity("Create", "mallory", "create-theirs", several.replace("/notes/several", "/notes/theirs")));

        assertThat(kept()).extracting(Message::plain).containsExactlyInAnyOrder("Nous deux", "D’accord");
        assertThat(kept()).allSatisfy(message -> assertThat(message.notice()).contains(notice));
    }

    /** Whether it sends such. */
    private boolean takes(Implementation other, String what) throws Exception {
        if (other.activity(what).isEmpty()) {
            return false;
        }
        HttpResponse<String> answer = other.sends(inbox, what);
        assertThat(answer.statusCode()).as(what + " " + answer.body()).isEqualTo(202);
        return true;
    }

    private static Optional<Message> named(String name) {
        return reads(() -> bean(Messages.class).named(TOWN.town().id(), name));
    }

    private static long rows(String table) {
        return bean(JdbcClient.class)
                .sql("SELECT COUNT(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    private static long messages() {
        return rows("conversation_message");
    }

    private static long reactions() {
        return rows("conversation_reaction");
    }

    private static long reports() {
        return rows("conversation_report");
    }

    private static String quoted(Object text) {
        return "\"" + text + "\"";
    }

    @Test
    void aReplyIsKeptOnceWithoutAnythingThatWouldLoadOrRun() throws Exception {
        String text =
                "<p><span class=\"h-card\"><a href=\"%s\" class=\"u-url mention\">@<span>ville</span></a></span> À quelle heure"
                                .formatted(ville)
                        + " <img src=\"https://spy.example/p.gif\"><script>alert(1)</script><b onclick=\"x()\" style=\"color:red\">?</b>"
                        + " <a href=\"https://a.example/\">ici</a> <a href=\"javascript:alert(1)\">là</a></p>";
        reply("alice", "1", text);
        reply("alice", "1", text);

        assertThat(kept()).singleElement().satisfies(message -> {
            assertThat(message.plain()).isEqualTo("@ville À quelle heure ? ici là");
            assertThat(message.text().html())
                    .contains("rel=\"nofollow ugc noopener\"")
                    .doesNotContain("<img", "script", "onclick", "style", "spy.example");
            assertThat(message.links()).isEqualTo(1);
            assertThat(message.author().handle()).isEqualTo("alice@" + stranger.host());
            assertThat(message.open()).isTrue();
            assertThat(message.language()).isEqualTo("fr");
            assertThat(message.link()).isEqualTo(stranger.at("/@alice/1").toString());
            assertThat(message.attachments())
                    .containsExactly(stranger.at("/media/1.png").toString());
            assertThat(message.writtenAt()).isEqualTo(Instant.parse("2026-11-24T07:30:00Z"));
            assertThat(message.unread()).isTrue();
        });
        assertThat(stranger.asked()).noneMatch(asked -> asked.contains("/media/"));
    }

    @Test
    void aTimeThatNoPostCanHaveIsNotBelieved() throws Exception {
        for (String time : List.of("-999999999-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z")) {
            sends(
                    "alice",
                    activity(
                            "Create",
                            "alice",
                            "create-" + time.charAt(0),
                            note("alice", "t" + time.charAt(0), avis, "Merci", PUBLIC)
                                    .replace("2026-11-24T07:30:00Z", time)));
        }
        assertThat(kept())
                .hasSize(2)
                .allSatisfy(message -> assertThat(message.writtenAt())
                        .isBetween(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("3000-01-01T00:00:00Z")));
    }

    @Test
    void whatAnswersAReplyIsAboutTheSameNoticeAndWhatCallsTheAccountIsAboutNone() throws Exception {
        String first = reply("alice", "2", "Bonjour");
        sends("mallory", activity("Create", "mallory", "c2", note("mallory", "2", first, "Moi aussi", PUBLIC)));
        int before = reads(() -> bean(Messages.class).of(TOWN.town().id(), Optional.empty(), null, 200, 0))
                .size();
        sends(
                "alice",
                activity("Create", "alice", "c3", note("alice", "3", "", "Un trou, rue Haute", ville.toString())));

        assertThat(kept()).extracting(Message::plain).containsExactlyInAnyOrder("Bonjour", "Moi aussi");
        List<Message> mentions = reads(() -> bean(Messages.class).of(TOWN.town().id(), Optional.empty(), null, 200, 0));
        assertThat(mentions).hasSize(before + 1);
        assertThat(mentions.getFirst().open()).as("sent to the town alone").isFalse();
    }

    @Test
    void whatConcernsNobodyHereIsNotKeptAndNobodyIsAskedForAKey() throws Exception {
        sends("alice", activity("Create", "alice", "c4", note("alice", "4", "", "Il fait beau", PUBLIC)));
        sends("alice", activity("Create", "alice", "c5", note("alice", "5", avis + "x", "Ailleurs", PUBLIC)));
        sends("alice", activity("Like", "alice", "l4", quoted(TOWN.url("/avis/0000000000000"))));
        sends("alice", activity("Delete", "alice", "d4", quoted("https://elsewhere.example/notes/none")));
        sends(
                "alice",
                activity("Undo", "alice", "x4", activity("Announce", "alice", "a4", quoted("https://a.example/1"))));

        assertThat(kept()).isEmpty();
        assertThat(stranger.asked()).isEmpty();
    }

    @Test
    void nobodySpeaksForAnotherNorForTheTown() throws Exception {
        String theirs = reply("alice", "6", "Le mien");
        // In somebody else's name, on one's own server; then as if it stood on the town's.
        sends("mallory", activity("Create", "mallory", "c6", note("alice", "7", avis, "Faux", PUBLIC)));
        sends(
                "mallory",
                activity(
                        "Create",
                        "mallory",
                        "c7",
                        note("mallory", "8", avis, "Faux", PUBLIC)
                                .replace(stranger.at("/mallory/notes/8").toString(), avis + "/reponses/8")));
        sends("mallory", activity("Update", "mallory", "u6", note("alice", "6", avis, "Changé", PUBLIC)));
        sends("mallory", activity("Delete", "mallory", "d6", quoted(theirs)));
        var forged = stranger.sends(
                inbox,
                "mallory",
                activity("Create", "mallory", "c9", note("mallory", "9", avis, "Faux", PUBLIC))
                        .replace(stranger.at("/mallory").toString() + "\",\"object", ville + "\",\"object"));
        assertThat(forged.statusCode()).isIn(400, 401);

        assertThat(kept()).extracting(Message::plain).containsExactly("Le mien");
    }

    @Test
    void whoWroteItChangesItAndTakesItBack() throws Exception {
        String id = reply("alice", "10", "Avant");
        bean(ModerationDesk.class)
                .settle(MODERATOR, kept().getFirst().id(), kept().getFirst().version());

        sends("alice", activity("Update", "alice", "u10", note("alice", "10", avis, "Après", PUBLIC)));
        assertThat(kept()).singleElement().satisfies(message -> {
            assertThat(message.plain()).isEqualTo("Après");
            assertThat(message.unread()).isTrue();
            assertThat(message.changedAt()).isPresent();
        });

        sends("alice", activity("Delete", "alice", "d10", "{\"type\":\"Tombstone\",\"id\":\"" + id + "\"}"));
        assertThat(kept()).isEmpty();
    }

    @Test
    void whoeverIsGoneLeavesNothingHere() throws Exception {
        reply("alice", "11", "Au revoir");
        sends("alice", activity("Like", "alice", "l11", quoted(avis)));

        sends("alice", activity("Delete", "alice", "d11", quoted(stranger.at("/alice"))));

        assertThat(kept()).isEmpty();
        assertThat(count(Reaction.Kind.LIKE)).isZero();
    }

    private int count(Reaction.Kind kind) {
        return reads(() -> bean(Reactions.class).count(TOWN.town().id(), notice, kind));
    }

    @Test
    void likesAndRepostsAreCountedOncePerPersonUntilTheyAreTakenBack() throws Exception {
        sends("alice", activity("Like", "alice", "l12", quoted(avis)));
        sends("alice", activity("Like", "alice", "l12b", quoted(avis)));
        sends("mallory", activity("Like", "mallory", "l12", quoted(avis)));
        sends("alice", activity("Announce", "alice", "a12", quoted(avis)));
        assertThat(count(Reaction.Kind.LIKE)).isEqualTo(2);
        assertThat(count(Reaction.Kind.REPOST)).isEqualTo(1);

        sends("mallory", activity("Undo", "mallory", "x12", quoted(stranger.at("/alice#l12b"))));
        assertThat(count(Reaction.Kind.LIKE)).as("not theirs to take back").isEqualTo(2);
        sends("alice", activity("Undo", "alice", "y12", quoted(stranger.at("/alice#l12b"))));
        sends("alice", activity("Undo", "alice", "z12", activity("Announce", "alice", "a12", quoted(avis))));
        assertThat(count(Reaction.Kind.LIKE)).isEqualTo(1);
        assertThat(count(Reaction.Kind.REPOST)).isZero();
    }

    @Test
    void aReportReachesTheModerators() throws Exception {
        String flag = activity("Flag", "mallory", "f13", "[" + quoted(ville) + "," + quoted(avis) + "]")
                .replace("\"type\":\"Flag\"", "\"type\":\"Flag\",\"content\":\"C’est <b>faux</b>.\"");
        sends("mallory", flag);

        assertThat(reads(() -> bean(Guard.class).reports(TOWN.town().id(), false, 50)))
                .anySatisfy(report -> {
                    assertThat(report.notice()).contains(notice);
                    assertThat(report.text()).isEqualTo("C’est faux.");
                    assertThat(report.host()).isEqualTo("127.0.0.1");
                });
    }

    private Optional<Carried> reportCameTo(long message) {
        return reads(() -> bean(Answers.class).of(TOWN.town().id(), message)).stream()
                .filter(one -> one.kind() == Answer.Kind.REPORT)
                .reduce((older, newer) -> newer)
                .flatMap(Answer::carried);
    }

    @Test
    void whatSomebodyWroteIsReportedToTheirServerByTheInstanceAlsoWhereItIsBlocked() throws Exception {
        String post = reply("alice", "60", "Je vais te trouver");
        Message message = kept().getFirst();
        bean(ModerationDesk.class).block(MODERATOR, message.id(), Scope.HOST);
        try {
            isReported(message, post);
        } finally {
            reads(() -> bean(Guard.class).blocks(TOWN.town().id(), "", 100, 0))
                    .forEach(block -> bean(ModerationDesk.class).lift(MODERATOR, block.id()));
        }
    }

    private void isReported(Message message, String post) throws Exception {
        stranger.answers("/alice/inbox", 403);

        bean(ModerationDesk.class).report(MODERATOR, message.id(), message.version(), "Une menace.\nÀ voir vite.");
        Await.until(() -> Optional.of(Carried.REFUSED).equals(reportCameTo(message.id())));
        assertThat(kept().getFirst().state()).as("nobody waits for an answer").isEqualTo(message.state());
        stranger.received().clear();
        stranger.answers("/alice/inbox", 202);
        long report = reads(() -> bean(Answers.class).of(TOWN.town().id(), message.id()))
                .getFirst()
                .id();
        bean(AnswerDesk.class).sendAgain(MODERATOR, TOWN.town(), report);
        Await.until(() -> Optional.of(Carried.ACCEPTED).equals(reportCameTo(message.id())));

        JsonNode instance = TOWN.json("/fediverse/instance");
        assertThat(stranger.received("Flag")).singleElement().satisfies(flag -> {
            assertThat(flag.path("actor").asString())
                    .isEqualTo(instance.path("id").asString());
            assertThat(flag.path("id").asString()).startsWith(TOWN.url("/fediverse/instance#flag-") + "");
            assertThat(flag.path("object").get(0).asString())
                    .isEqualTo(stranger.at("/alice").toString());
            assertThat(flag.path("object").get(1).asString()).isEqualTo(post);
            assertThat(flag.path("object")).hasSize(2);
            assertThat(flag.path("content").asString()).isEqualTo("Une menace.\nÀ voir vite.");
            assertThat(flag.toString()).doesNotContain("mina", "@ville");
        });
        assertThat(stranger.isSignedWith(instance.path("publicKey"), 0)).isTrue();
        assertThat(asks(
                                TOWN.url("/avis/" + notice.ref() + "/reponses/" + report)
                                        .toString(),
                                "application/activity+json")
                        .statusCode())
                .as("nobody else reads it")
                .isEqualTo(404);
    }

    @Test
    void whatItsAuthorTookBackIsNotReportedAnyMore() throws Exception {
        reply("alice", "61", "Je vais te trouver");
        long message = kept().getFirst().id();
        bean(ModerationDesk.class).hide(MODERATOR, message, kept().getFirst().version(), RemovalReason.SPAM, "");
        sends(
                "alice",
                activity(
                        "Delete",
                        "alice",
                        "d61",
                        quoted(stranger.at("/alice/notes/61").toString())));
        long seen = kept().getFirst().version();
        assertThatThrownBy(() -> bean(ModerationDesk.class).report(MODERATOR, message, seen, "Une menace."))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("conversation.taken-back"));
    }

    @Test
    void ofOnePersonNotAnyNumberIsKeptOpenNorAnyLength() throws Exception {
        for (int i = 0; i < 23; i++) {
            reply("alice", "14-" + i, "Encore " + i);
        }
        reply("mallory", "14", "x".repeat(20_000));

        assertThat(kept()).hasSize(20);
        LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
        assertThat(reads(() -> bean(Guard.class).dropped(TOWN.town().id(), today.minusDays(1))))
                .hasEntrySatisfying("127.0.0.1", dropped -> assertThat(dropped).isGreaterThanOrEqualTo(4L));
    }

    @Test
    void whatWasTakenBackDoesNotComeBackWhicheverCameFirst() throws Exception {
        String create = activity("Create", "alice", "c30", note("alice", "30", avis, "Oubliez", PUBLIC));
        sends("alice", create);
        sends("alice", activity("Delete", "alice", "d30", quoted(stranger.at("/alice/notes/30"))));
        sends("alice", create);
        assertThat(kept()).as("sent again").isEmpty();

        sends("alice", activity("Delete", "alice", "d31", quoted(stranger.at("/alice/notes/31"))));
        sends("alice", activity("Create", "alice", "c31", note("alice", "31", avis, "Oubliez", PUBLIC)));
        sends("alice", activity("Update", "alice", "u31", note("alice", "31", avis, "Oubliez tout", PUBLIC)));
        assertThat(kept()).as("the deletion came first").isEmpty();

        // For another it buries nothing.
        sends("mallory", activity("Delete", "mallory", "d32", quoted(stranger.at("/alice/notes/32"))));
        reply("alice", "32", "Le mien");
        assertThat(kept()).extracting(Message::plain).containsExactly("Le mien");
    }

    @Test
    void whatIsUndoneBeforeItComesDoesNotCount() throws Exception {
        sends("alice", activity("Undo", "alice", "x33", quoted(stranger.at("/alice#l33"))));
        sends("alice", activity("Like", "alice", "l33", quoted(avis)));
        sends("alice", activity("Undo", "alice", "y33", activity("Announce", "alice", "a33", quoted(avis))));
        sends("alice", activity("Announce", "alice", "a33", quoted(avis)));
        assertThat(count(Reaction.Kind.LIKE)).isZero();
        assertThat(count(Reaction.Kind.REPOST)).isZero();

        sends("alice", activity("Like", "alice", "l33b", quoted(avis)));
        assertThat(count(Reaction.Kind.LIKE)).as("thought better of").isEqualTo(1);

        sends("alice", activity("Undo", "alice", "z33", activity("Like", "alice", "l33", quoted(avis))));
        assertThat(count(Reaction.Kind.LIKE)).as("of the first, and late").isEqualTo(1);
        String nameless = activity("Like", "alice", "", quoted(avis)).replaceFirst("\"id\":\"[^\"]*\",", "");
        sends("alice", activity("Undo", "alice", "w33", nameless));
        assertThat(count(Reaction.Kind.LIKE)).as("of whatever it was").isZero();
    }

    @Test
    void whoTakesBackWhatIsNotHereIsNotAskedForKeysWithoutEnd() throws Exception {
        // By its name, and not by its port: whoever has many of these is one all the same.
        try (Stranger port = new Stranger()) {
            for (int i = 0; i < 70; i++) {
                Stranger which = i % 2 == 0 ? stranger : port;
                String ghost = local(which, "/ghost" + i);
                which.sends(inbox, new Stranger.Sending(ghost + "#main-key", """
                                {"@context":"https://www.w3.org/ns/activitystreams","id":"%s#d","type":"Delete","actor":"%s","object":"%s"}
                                """.formatted(
                                ghost, ghost, ghost + "/notes/1")));
            }
            assertThat(Stream.of(stranger, port)
                            .flatMap(one -> one.asked().stream())
                            .filter(asked -> asked.contains("/ghost"))
                            .distinct())
                    .hasSize(60);
        }
    }

    /** The same server by another name, which has an allowance of its own. */
    private static String local(Stranger stranger, String path) {
        return stranger.at(path).toString().replace("127.0.0.1", "localhost");
    }

    private String edited(String name, String text, String updated) {
        return note("alice", name, avis, text, PUBLIC).replaceFirst("\\{", "{\"updated\":\"" + updated + "\",");
    }

    @Test
    void whatItsAuthorChangedLastStandsWhateverComesLast() throws Exception {
        reply("alice", "34", "Un");
        sends("alice", activity("Update", "alice", "u34c", edited("34", "Trois", "2026-11-24T07:33:00Z")));
        sends("alice", activity("Update", "alice", "u34b", edited("34", "Deux", "2026-11-24T07:32:00Z")));
        assertThat(kept()).extracting(Message::plain).containsExactly("Trois");

        sends("alice", activity("Update", "alice", "u34d", edited("34", "Quatre", "2026-11-24T07:34:00Z")));
        assertThat(kept()).extracting(Message::plain).containsExactly("Quatre");

        // It was changed before it came here at all.
        sends("alice", activity("Update", "alice", "u35", edited("35", "Après", "2026-11-24T07:35:00Z")));
        sends("alice", activity("Create", "alice", "c35", note("alice", "35", avis, "Avant", PUBLIC)));
        assertThat(kept()).extracting(Message::plain).containsExactlyInAnyOrder("Quatre", "Après");
    }

    @Test
    void whatReadsTheSameOrIsTooLongDoesNotOpenAgainWhatIsSettled() throws Exception {
        reply("alice", "36", "Pareil");
        bean(ModerationDesk.class)
                .settle(MODERATOR, kept().getFirst().id(), kept().getFirst().version());

        sends("alice", activity("Update", "alice", "u36", edited("36", "Pareil", "2026-11-24T07:36:00Z")));
        assertThat(kept().getFirst().state()).isEqualTo(Message.State.DONE);
        assertThat(kept().getFirst().changedAt()).isEmpty();

        sends("alice", activity("Update", "alice", "v36", edited("36", "x".repeat(20_000), "2026-11-24T07:37:00Z")));
        assertThat(kept().getFirst().state()).isEqualTo(Message.State.DONE);
        assertThat(kept().getFirst().plain()).isEqualTo("Pareil");
        assertThat(kept().getFirst().changedAt())
                .as("the desk reads that it says something else now")
                .isPresent();
    }

    @Test
    void articlesPagesAndQuestionsAreRepliesLikeNotesAndNothingElseIs() throws Exception {
        for (String type : List.of("Article", "Page", "Question", "Event", "Video")) {
            sends(
                    "alice",
                    activity(
                            "Create",
                            "alice",
                            "c37" + type,
                            note("alice", "37" + type, avis, type, PUBLIC).replace("\"Note\"", '"' + type + '"')));
        }
        assertThat(kept()).extracting(Message::plain).containsExactlyInAnyOrder("Article", "Page", "Question");
    }

    @Test
    void ofAnAccountThatItsServerSaysIsGoneNothingStays() throws Exception {
        reply("alice", "38", "Au revoir");
        sends("alice", activity("Like", "alice", "l38", quoted(avis)));
        stranger.answers("/alice", 410);
        // Its key is known for six hours; whoever is gone signs with another.
        stranger.changesItsKeys();

        sends("alice", activity("Delete", "alice", "d38", quoted(stranger.at("/alice"))));

        assertThat(kept()).isEmpty();
        assertThat(count(Reaction.Kind.LIKE)).isZero();
    }

    private HttpResponse<String> asks(String path, String accept) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(path))
                        .header("Accept", accept)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private AnswerDesk.Draft draft(String text, boolean clarifies) {
        return new AnswerDesk.Draft(kept().getFirst().version(), text, "fr", clarifies);
    }

    private static Optional<Carried> carried(long message) {
        return reads(() -> bean(Answers.class).of(TOWN.town().id(), message))
                .getLast()
                .carried();
    }

    @Test
    void whatBecameOfAnAnswerIsKnownAndOneThatDidNotArriveIsSentAgain() throws Exception {
        reply("alice", "40", "À quelle heure ?");
        long message = kept().getFirst().id();
        stranger.answers("/alice/inbox", 403);
        bean(AnswerDesk.class).write(MODERATOR, TOWN.town(), message, draft("À 20 h 30.", false));
        Await.until(() -> Optional.of(Carried.REFUSED).equals(carried(message)));
        assertThat(kept().getFirst().unread())
                .as("whoever answered has to know")
                .isTrue();

        long answer = reads(() -> bean(Answers.class).of(TOWN.town().id(), message))
                .getFirst()
                .id();
        stranger.answers("/alice/inbox", 202);
        bean(AnswerDesk.class).sendAgain(MODERATOR, TOWN.town(), answer);
        assertThat(carried(message)).isIn(Optional.of(Carried.UNDERWAY), Optional.of(Carried.ACCEPTED));
        Await.until(() -> Optional.of(Carried.ACCEPTED).equals(carried(message)));
        assertThat(kept().getFirst().state()).isEqualTo(Message.State.DONE);
        assertThatThrownBy(() -> bean(AnswerDesk.class).sendAgain(MODERATOR, TOWN.town(), answer))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void whereTooMuchWaitsForAServerTheAnswerIsSaidNotToHaveLeft() throws Exception {
        reply("alice", "41", "À quelle heure ?");
        long message = kept().getFirst().id();
        TOWN.lettersWait(stranger, 1_000);

        bean(AnswerDesk.class).write(MODERATOR, TOWN.town(), message, draft("À 20 h 30.", false));

        assertThat(carried(message)).contains(Carried.NOT_SENT);
        assertThat(kept().getFirst().state()).isEqualTo(Message.State.OPEN);
        TOWN.lettersAreGone(stranger);
    }

    @Test
    void theTownAnswersWhereTheyReadAndTakesItBack() throws Exception {
        String id = reply("alice", "15", "À quelle heure ?");
        long message = kept().getFirst().id();

        assertThat(bean(AnswerDesk.class)
                        .write(
                                MODERATOR,
                                TOWN.town(),
                                message,
                                draft(
                                        "À 20 h 30.\n\nL’entrée est \"libre\"\u00a0: https://clairval.example/bal?a=1&b=2.",
                                        true)))
                .isTrue();

        Await.until(() -> !stranger.received("Create").isEmpty());
        JsonNode create = stranger.received("Create").getFirst();
        JsonNode note = create.path("object");
        assertThat(create.path("id").asString()).isEqualTo(note.path("id").asString() + "#create");
        assertThat(note.path("id").asString()).startsWith(avis + "/reponses/");
        assertThat(note.path("inReplyTo").asString()).isEqualTo(id);
        assertThat(note.path("content").asString())
                .contains("class=\"u-url mention\"", "<p>À 20 h 30.</p><p>L’entrée est &quot;libre&quot;")
                .contains("<a href=\"https://clairval.example/bal?a=1&amp;b=2\" rel=\"nofollow noopener\">")
                .endsWith("b=2</a>.</p>");
        assertThat(note.path("tag").get(0).path("href").asString())
                .isEqualTo(stranger.at("/alice").toString());
        assertThat(note.path("to").get(0).asString())
                .isEqualTo(stranger.at("/alice").toString());
        assertThat(note.path("cc").toString()).contains(PUBLIC, ville + "/followers");
        assertThat(stranger.asked()).contains("POST /alice/inbox");
        assertThat(kept().getFirst().state()).isEqualTo(Message.State.DONE);
        Await.until(() -> Optional.of(Carried.ACCEPTED).equals(carried(message)));

        String address = note.path("id").asString();
        HttpResponse<String> served = asks(address, "application/activity+json");
        assertThat(JsonMapper.shared().readTree(served.body()).path("content")).isEqualTo(note.path("content"));
        HttpResponse<String> led = asks(address, "text/html");
        assertThat(led.statusCode()).isEqualTo(303);
        assertThat(led.headers().firstValue("location").orElseThrow()).contains("/avis/" + notice.ref() + "#reponse-");

        long answer = Long.parseLong(address.substring(address.lastIndexOf('/') + 1));
        bean(AnswerDesk.class).takeBack(MODERATOR, TOWN.town(), answer);
        Await.until(() -> !stranger.received("Delete").isEmpty());
        assertThat(stranger.received("Delete")
                        .getFirst()
                        .path("object")
                        .path("id")
                        .asString())
                .isEqualTo(address);
        assertThat(asks(address, "application/activity+json").statusCode()).isEqualTo(410);

        // What they say to that is about the same notice.
        sends("alice", activity("Create", "alice", "c16", note("alice", "16", address, "Merci", PUBLIC)));
        assertThat(kept()).hasSize(2);
    }

    @Test
    void aPrivateMessageIsAnsweredPrivatelyAndNothingOfItIsServed() throws Exception {
        sends("alice", activity("Create", "alice", "c17", note("alice", "17", avis, "Entre nous", ville.toString())));
        long message = kept().getFirst().id();
        assertThat(kept().getFirst().open()).isFalse();

        bean(AnswerDesk.class).write(MODERATOR, TOWN.town(), message, draft("Bien reçu.", false));

        Await.until(() -> !stranger.received("Create").isEmpty());
        JsonNode note = stranger.received("Create").getFirst().path("object");
        assertThat(note.toString()).doesNotContain(PUBLIC, "/followers");
        assertThat(note.path("to").size()).isEqualTo(1);
        assertThat(asks(note.path("id").asString(), "application/activity+json").statusCode())
                .isEqualTo(404);
        List<Answer> given = reads(() -> bean(Answers.class).of(TOWN.town().id(), message));
        assertThat(given)
                .singleElement()
                .satisfies(answer -> assertThat(answer.open()).isFalse());
    }

    @Test
    void whoIsBlockedIsHeardNoMoreAndFollowsNoMoreButMayTakeBackWhatTheySaid() throws Exception {
        sends("mallory", activity("Follow", "mallory", "follow-18", quoted(ville)));
        String said = reply("mallory", "18", "Grossier");
        long message = kept().getFirst().id();
        long followers = followers();

        bean(ModerationDesk.class).block(MODERATOR, message, Scope.AUTHOR);

        assertThat(followers()).isEqualTo(followers - 1);
        Await.until(() -> !stranger.received("Reject").isEmpty());
        assertThat(stranger.received("Reject")
                        .getFirst()
                        .path("object")
                        .path("id")
                        .asString())
                .isEqualTo(stranger.at("/mallory#follow-18").toString());
        reply("mallory", "19", "Encore");
        sends("mallory", activity("Like", "mallory", "l18", quoted(avis)));
        sends("mallory", activity("Follow", "mallory", "follow-19", quoted(ville)));
        assertThat(kept()).hasSize(1);
        assertThat(count(Reaction.Kind.LIKE)).isZero();
        assertThat(followers()).isEqualTo(followers - 1);
        reply("alice", "18", "Poli");
        assertThat(kept()).hasSize(2);

        sends("mallory", activity("Delete", "mallory", "d18", quoted(said)));
        assertThat(kept()).extracting(Message::plain).containsExactly("Poli");

        sends("alice", activity("Follow", "alice", "follow-20", quoted(ville)));
        long withAlice = followers();
        long polite = kept().getFirst().id();
        bean(ModerationDesk.class).block(MODERATOR, polite, Scope.HOST);
        try {
            // Of a server that is blocked nobody follows.
            Await.until(() -> followers() == withAlice - 1);
            reply("alice", "20", "Du même serveur");
            assertThat(kept()).hasSize(1);
            try (Stranger port = new Stranger()) {
                port.account("alice");
                String elsewhere = activity(
                                "Create", "alice", "c21", note("alice", "21", avis, "D’un autre port", PUBLIC))
                        .replace(stranger.at("/").toString(), port.at("/").toString());
                assertThat(port.sends(inbox, "alice", elsewhere).statusCode()).isEqualTo(202);
            }
            assertThat(kept()).as("the same server on another port").hasSize(1);
            assertThatThrownBy(() ->
                            bean(AnswerDesk.class).write(MODERATOR, TOWN.town(), polite, draft("Bonjour.", false)))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.code()).isEqualTo("conversation.author-blocked"));
        } finally {
            reads(() -> bean(Guard.class).servers(TOWN.town().id()))
                    .forEach(block -> bean(ModerationDesk.class).lift(MODERATOR, block.id()));
        }
    }

    @Test
    void whatWaitsForWhoIsBlockedDoesNotLeaveButWhatTheyAreOwed() throws Exception {
        sends("mallory", activity("Follow", "mallory", "follow-30", quoted(ville)));
        Await.until(() -> !stranger.received("Accept").isEmpty());
        reply("mallory", "30", "Bonjour");
        reply("mallory", "31", "Grossier");
        long answered = kept("Bonjour").id();
        Message rude = kept("Grossier");
        stranger.answers("/mallory/inbox", 503);
        bean(AnswerDesk.class).write(MODERATOR, TOWN.town(), answered, draft("Bonjour à vous.", false));
        bean(ModerationDesk.class).hide(MODERATOR, rude.id(), rude.version(), RemovalReason.RULES, "Injures.");
        Await.until(() -> stranger.received("Create").size() >= 2);
        stranger.received().clear();

        bean(ModerationDesk.class).block(MODERATOR, rude.id(), Scope.AUTHOR);
        stranger.answers("/mallory/inbox", 202);
        TOWN.server().clock().go(Duration.ofHours(1));

        Await.until(() -> !stranger.received("Create").isEmpty()
                && !stranger.received("Reject").isEmpty());
        assertThat(stranger.received("Create").toString()).contains("Injures.").doesNotContain("Bonjour à vous.");
        assertThat(reads(() -> bean(Answers.class).of(TOWN.town().id(), answered))
                        .getFirst()
                        .carried())
                .contains(Carried.NOT_SENT);
        assertThat(kept("Bonjour").unread())
                .as("nobody has to deal with it any more")
                .isFalse();
        Await.until(() -> waiting("mallory") == 0);
    }

    private Message kept(String text) {
        return kept().stream()
                .filter(message -> message.plain().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private int waiting(String who) {
        return reads(() -> bean(JdbcClient.class)
                .sql("SELECT count(*) FROM fediverse_letter WHERE address = :inbox")
                .param("inbox", stranger.at("/" + who + "/inbox").toString())
                .query(Integer.class)
                .single());
    }

    /** Who follow from servers that cannot be asked here. */
    private static void follow(String host, String path, int amount, int from) {
        new TransactionTemplate(bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            JdbcClient jdbc = bean(JdbcClient.class);
            long town = TOWN.town().id().value();
            long actor = bean(Actors.class).of(TOWN.town()).id();
            jdbc.sql("""
                            INSERT INTO fediverse_inbox (town_id, id, address, host, shared)
                            VALUES (:town, :id, :address, :host, 1)
                            """)
                    .param("town", town)
                    .param("id", from)
                    .param("address", "https://" + host + "/inbox")
                    .param("host", host)
                    .update();
            jdbc.sql("INSERT INTO fediverse_following (town_id, inbox_id, actor_id) VALUES (:town, :inbox, :actor)")
                    .param("town", town)
                    .param("inbox", from)
                    .param("actor", actor)
                    .update();
            for (int i = 0; i < amount; i++) {
                String who = "https://" + host + path + (amount == 1 ? "" : i);
                jdbc.sql("""
                                INSERT INTO fediverse_follower (town_id, id, actor_id, remote, inbox_id, follow, since)
                                VALUES (:town, :id, :actor, :who, :inbox, :follow, 0)
                                """)
                        .param("town", town)
                        .param("id", from + i)
                        .param("actor", actor)
                        .param("who", who)
                        .param("inbox", from)
                        .param("follow", who + "#follow")
                        .update();
            }
        });
    }

    @Test
    void aListEndsTheFollowsOfItsServersAndOfAllBelowThemAndSaysHowManyBefore() {
        long before = followers();
        follow("a.blocked.example:8443", "/users/r", 1_200, 1_000);
        follow("notblocked.example", "/users/r", 2, 3_000);
        BlockListDesk desk = bean(BlockListDesk.class);
        byte[] list = "#domain,#severity\nblocked.example,suspend\n".getBytes(StandardCharsets.UTF_8);

        long id = desk.read(MODERATOR, TOWN.town(), "liste.csv", list);

        assertThat(desk.look(MODERATOR, id).following()).isEqualTo(1_200);
        assertThat(followers()).isEqualTo(before + 1_202);
        desk.take(MODERATOR, id);
        Await.until(() -> followers() == before + 2);
        assertThat(count(
                        "SELECT count(*) FROM fediverse_inbox WHERE host LIKE '%blocked.example%' AND left_at IS NULL"))
                .isEqualTo(1);
        Await.until(() -> count("SELECT count(*) FROM fediverse_cut") == 0);

        desk.lift(MODERATOR, id);
        assertThat(desk.look(MODERATOR, id).blocked()).isZero();
        assertThat(followers()).as("they do not come back by themselves").isEqualTo(before + 2);
    }

    @Test
    void aListOfAccountsEndsTheirFollowsAloneAndTheirServersAreTold() {
        long before = followers();
        follow("social.example", "/users/Troll", 1, 5_000);
        follow("other.example", "/@troll", 1, 5_100);
        BlockListDesk desk = bean(BlockListDesk.class);
        byte[] list = "troll@social.example\n".getBytes(StandardCharsets.UTF_8);

        long id = desk.read(MODERATOR, TOWN.town(), "comptes.csv", list);
        assertThat(desk.look(MODERATOR, id).following()).isEqualTo(1);
        desk.take(MODERATOR, id);

        Await.until(() -> followers() == before + 1);
        Await.until(() -> count("SELECT count(*) FROM fediverse_letter WHERE address = 'https://social.example/inbox'"
                        + " AND body LIKE '%\"Reject\"%'")
                == 1);
        desk.lift(MODERATOR, id);
    }

    /** Its identifier says nothing of what people call it. */
    @Test
    void whoIsOnAListIsCutOffOnceTheirServerSaysWhichAccountTheyAre() throws Exception {
        long before = followers();
        follow("opaque.example", "/users/9abc", 1, 6_000);
        BlockListDesk desk = bean(BlockListDesk.class);
        long id = desk.read(
                MODERATOR, TOWN.town(), "comptes.csv", "hidden@opaque.example\n".getBytes(StandardCharsets.UTF_8));
        desk.take(MODERATOR, id);
        Await.until(() -> count("SELECT count(*) FROM fediverse_cut") == 0);
        assertThat(followers()).isEqualTo(before + 1);
        assertThat(count("SELECT count(*) FROM fediverse_lookup WHERE address = 'hidden@opaque.example'"))
                .isEqualTo(1);

        TestAccounts.found(
                TOWN.server(), TOWN.town(), "hidden@opaque.example", URI.create("https://opaque.example/users/9abc"));

        assertThat(followers()).isEqualTo(before);
        assertThat(count("SELECT count(*) FROM fediverse_letter WHERE address = 'https://opaque.example/inbox'"
                        + " AND body LIKE '%\"Reject\"%'"))
                .isEqualTo(1);
        assertThat(count("SELECT count(*) FROM fediverse_lookup WHERE address = 'hidden@opaque.example'"))
                .isZero();
        desk.lift(MODERATOR, id);
    }

    @Test
    void whatIsFiledUnderAnotherNameDoesNotLeaveForAServerThatIsBlockedButWhatTakesAway() throws Exception {
        reply("alice", "40", "Bonjour");
        bean(ModerationDesk.class).block(MODERATOR, kept().getFirst().id(), Scope.HOST);
        try {
            new TransactionTemplate(bean(PlatformTransactionManager.class))
                    .executeWithoutResult(status -> List.of("Create", "Delete")
                            .forEach(type -> bean(JdbcClient.class)
                                    .sql("""
                                    INSERT INTO fediverse_letter (town_id, id, address, host, body, attempts, written_at, due_at, actor_id)
                                    VALUES (:town, :id, :inbox, 'elsewhere.example', :body, 0, 0, 0, 0)
                                    """)
                                    .param("town", TOWN.town().id().value())
                                    .param("id", type.equals("Create") ? 41 : 42)
                                    .param("inbox", stranger.at("/late/inbox").toString())
                                    .param("body", "{\"id\":\"x\",\"type\":\"" + type + "\"}")
                                    .update()));

            Await.until(() -> waiting("late") == 0);
            assertThat(stranger.received("Create")).isEmpty();
            assertThat(stranger.received("Delete")).isNotEmpty();
        } finally {
            reads(() -> bean(Guard.class).servers(TOWN.town().id()))
                    .forEach(block -> bean(ModerationDesk.class).lift(MODERATOR, block.id()));
        }
    }

    private static int count(String sql) {
        return reads(() -> bean(JdbcClient.class).sql(sql).query(Integer.class).single());
    }

    private static long followers() {
        return bean(FollowerCount.class).of(bean(Actors.class).of(TOWN.town()));
    }

    @Test
    void whoWroteWhatIsHiddenIsToldWhyAndWhereToContestItPrivately() throws Exception {
        reply("alice", "21", "Illégal");
        long message = kept().getFirst().id();

        bean(ModerationDesk.class)
                .hide(MODERATOR, message, kept().getFirst().version(), RemovalReason.ILLEGAL, "Menace.");

        Await.until(() -> !stranger.received("Create").isEmpty());
        JsonNode note = stranger.received("Create").getFirst().path("object");
        assertThat(note.path("content").asString())
                .contains("Contraire à la loi. Menace.", "<a href=\"" + TOWN.url("/contestation/"));
        assertThat(note.path("inReplyTo").asString())
                .isEqualTo(stranger.at("/alice/notes/21").toString());
        assertThat(note.path("to").toString()).isEqualTo("[\"" + stranger.at("/alice") + "\"]");
        assertThat(note.path("cc").size()).isZero();
        assertThat(asks(note.path("id").asString(), "application/activity+json").statusCode())
                .isEqualTo(404);
        String contested = note.path("content").asString().replaceFirst("(?s).*<a href=\"([^\"]+)\" rel=.*", "$1");
        assertThat(asks(contested, "text/html").body()).contains("Contraire à la loi", "Menace.");

        assertThat(kept().getFirst().removal())
                .hasValueSatisfying(removal -> assertThat(removal.words()).isEqualTo("Menace."));
        sends("alice", activity("Delete", "alice", "d21", quoted(stranger.at("/alice/notes/21"))));
        assertThat(kept().getFirst().plain()).isEqualTo("Illégal");
    }
}
