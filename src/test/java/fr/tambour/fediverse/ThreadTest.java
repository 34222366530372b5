package fr.tambour.fediverse;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.conversation.internal.Message;
import fr.tambour.conversation.internal.Messages;
import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A long notice whose author wants it told whole: several posts, each an answer to the one before it. */
@ParameterizedClass
@EnumSource(Dialect.class)
class ThreadTest {

    private static final String SENTENCE =
            "Phrase %d : la rue de la Fontaine est fermée, et le marché se tient sur le quai. ";

    private final Dialect dialect;
    private final HttpClient http = HttpClient.newHttpClient();

    ThreadTest(Dialect dialect) {
        this.dialect = dialect;
    }

    /** A text of so many sentences of some eighty characters. */
    private static Content content(int sentences) {
        return Content.blank(Kind.NEWS, "fr", new TreeSet<>(Set.of("fediverse", "website")))
                .withWords(
                        "fr",
                        Content.Words.of(
                                "Travaux rue de la Fontaine",
                                "Jusqu’au printemps.",
                                IntStream.rangeClosed(1, sentences)
                                        .mapToObj(SENTENCE::formatted)
                                        .collect(Collectors.joining())))
                .withEdited("fediverse", "fr", new TreeMap<>(Map.of("form", "thread")));
    }

    private JsonNode asked(URI address, int status) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(address)
                        .header("Accept", "application/activity+json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(address.toString()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** « Create …/avis/REF » */
    private static List<String> told(Stranger stranger, int from) {
        return stranger.received().stream()
                .skip(from)
                .map(body -> JsonMapper.shared().readTree(body))
                .map(activity -> activity.path("type").asString() + " "
                        + activity.path("object").path("id").asString().replaceFirst(".*/avis/[0-9a-z]{13}", "notice"))
                .toList();
    }

    /** Whoever asks while it is being withdrawn is refused, whichever of the two is written down first. */
    private static void isQuotedWhileItIsTakenBack(FediverseTown town, Stranger stranger, NoticeId works)
            throws Exception {
        String request =
                """
                {"id":"%1$s/quote","type":"QuoteRequest","actor":"%2$s","object":"%3$s",
                 "instrument":{"id":"%1$s","type":"Note","attributedTo":"%2$s"}}
                """.formatted(stranger.at("/notes/2"), stranger.at("/alice"), town.url("/avis/" + works.ref()));
        AtomicReference<Thread> asking = new AtomicReference<>();
        new TransactionTemplate(town.server().bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            town.withdraws(works, "Les travaux n’auront pas lieu.");
            asking.set(Thread.startVirtualThread(() -> {
                try {
                    stranger.sends(town.url("/@ville/inbox"), "alice", request);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
            // It waits for what is held here; that is all that can be seen of it.
            assertThat(joins(asking.get(), Duration.ofMillis(700))).isFalse();
        });
        assertThat(joins(asking.get(), Duration.ofMinutes(1))).isTrue();
        Await.until(() -> stranger.received().stream().anyMatch(body -> body.contains("\"Reject\"")));
        assertThat(stranger.received()).noneMatch(body -> body.contains("\"Accept\"") && body.contains("QuoteRequest"));
        Await.until(() -> told(stranger, 11).stream()
                        .filter(one -> one.startsWith("Delete notice"))
                        .count()
                == 4);
    }

    private static boolean joins(Thread thread, Duration most) {
        try {
            return thread.join(most);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From a backup, just now. */
    private static void restored(FediverseTown town) {
        new TransactionTemplate(town.server().bean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> town.server()
                        .bean(InstanceFacts.class)
                        .restored(town.server().clock().instant()));
    }

    @Test
    void eachPostFollowsTheOneBeforeAndIsCorrectedAndTakenBackWithIt() throws Exception {
        try (FediverseTown town = new FediverseTown(dialect);
                Stranger stranger = new Stranger()) {
            stranger.account("alice");
            stranger.sends(town.url("/@ville/inbox"), "alice", """
                    {"id":"%s","type":"Follow","actor":"%s","object":"%s"}""".formatted(
                            stranger.at("/alice#f"), stranger.at("/alice"), town.url("/@ville")));
            Await.until(() -> stranger.received().size() == 1);

            NoticeId works = town.publishes(content(15));
            Await.until(() -> stranger.received().size() == 4);
            assertThat(told(stranger, 1))
                    .containsExactly("Create notice", "Create notice/fil/2", "Create notice/fil/3");

            URI first = town.url("/avis/" + works.ref());
            JsonNode note = asked(first, 200);
            JsonNode second = asked(town.url("/avis/" + works.ref() + "/fil/2"), 200);
            JsonNode third = asked(town.url("/avis/" + works.ref() + "/fil/3"), 200);
            assertThat(note.path("content").asString())
                    .startsWith("<p>Travaux rue de la Fontaine</p><p>Jusqu’au printemps.</p>")
                    .contains("(1/3)</p><p><a href=");
            assertThat(note.path("replies").path("items").get(0).asString())
                    .isEqualTo(second.path("id").asString());
            assertThat(second.path("inReplyTo").asString()).isEqualTo(first.toString());
            assertThat(second.path("content").asString())
                    .endsWith("(2/3)</p>")
                    .isEqualTo(second.path("contentMap").path("fr").asString());
            assertThat(second.path("to")).isEqualTo(note.path("to"));
            assertThat(second.path("tag")).isEmpty();
            assertThat(third.path("inReplyTo").asString())
                    .isEqualTo(second.path("id").asString());
            assertThat(third.path("content").asString())
                    .contains("Phrase 15\u00A0:")
                    .endsWith("(3/3)</p>");
            assertThat(third.path("published").asString())
                    .isGreaterThan(second.path("published").asString());
            HttpResponse<Void> page = http.send(
                    HttpRequest.newBuilder(URI.create(third.path("id").asString()))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            assertThat(page.statusCode()).isEqualTo(303);
            assertThat(page.headers().firstValue("location").orElse("")).isEqualTo("/avis/" + works.ref());
            asked(town.url("/avis/" + works.ref() + "/fil/4"), 404);

            stranger.sends(town.url("/@ville/inbox"), "alice", """
                    {"id":"%1$s#c","type":"Create","actor":"%2$s","object":{"id":"%1$s","type":"Note","attributedTo":"%2$s",
                     "inReplyTo":"%3$s","content":"<p>Et les bus ?</p>","to":["https://www.w3.org/ns/activitystreams#Public"]}}""".formatted(
                            stranger.at("/notes/1"),
                            stranger.at("/alice"),
                            third.path("id").asString()));
            List<Message> answers = new TransactionTemplate(town.server().bean(PlatformTransactionManager.class))
                    .execute(status ->
                            town.server().bean(Messages.class).of(town.town().id(), Optional.of(works), null, 10, 0));
            assertThat(answers)
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.plain()).isEqualTo("Et les bus ?"));

            town.corrects(works, content(8), "La fin des travaux est avancée.");
            Await.until(() -> stranger.received().size() == 7);
            assertThat(told(stranger, 4))
                    .containsExactly("Update notice", "Update notice/fil/2", "Delete notice/fil/3");
            assertThat(asked(first, 200).path("content").asString())
                    .startsWith("<p>Rectificatif\u00A0: La fin des travaux est avancée.</p>")
                    .contains("(1/2)");
            asked(URI.create(third.path("id").asString()), 410);

            town.corrects(works, content(14), "Ils reprennent.");
            Await.until(() -> stranger.received().size() == 11);
            assertThat(told(stranger, 7))
                    .as("what was deleted is believed by nobody any more: its number is not given again")
                    .containsExactly(
                            "Update notice", "Update notice/fil/2", "Create notice/fil/4", "Delete notice/fil/3");
            assertThat(asked(town.url("/avis/" + works.ref() + "/fil/4"), 200)
                            .path("inReplyTo")
                            .asString())
                    .isEqualTo(second.path("id").asString());

            isQuotedWhileItIsTakenBack(town, stranger, works);
            assertThat(told(stranger, 11).stream().filter(one -> one.startsWith("Delete notice")))
                    .containsExactlyInAnyOrder(
                            "Delete notice", "Delete notice/fil/2", "Delete notice/fil/3", "Delete notice/fil/4");
            asked(URI.create(second.path("id").asString()), 410);
            asked(town.url("/avis/" + works.ref() + "/fil/5"), 404);

            restored(town);
            NoticeId again = town.publishes(content(10));
            town.corrects(again, content(15), "Ils durent.");
            Await.until(() -> told(stranger, 11).stream().anyMatch(one -> one.matches("Create notice/fil/[0-9]{5,9}")));
            assertThat(told(stranger, 11))
                    .as("which numbers were given since the backup nobody knows")
                    .noneMatch(one -> one.matches("Create notice/fil/[0-9]{1,4}"));
            String last = told(stranger, 11).stream()
                    .filter(one -> one.startsWith("Create notice/fil/"))
                    .reduce((one, other) -> other)
                    .orElseThrow();
            asked(town.url("/avis/" + again.ref() + last.substring("Create notice".length())), 200);
        }
    }
}
