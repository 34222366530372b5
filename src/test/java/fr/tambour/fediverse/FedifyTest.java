package fr.tambour.fediverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.tambour.conversation.Reaction;
import fr.tambour.conversation.internal.AnswerDesk;
import fr.tambour.conversation.internal.Message;
import fr.tambour.conversation.internal.Messages;
import fr.tambour.conversation.internal.Reactions;
import fr.tambour.fediverse.internal.AccountKeys;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.FollowerCount;
import fr.tambour.fediverse.internal.Gate;
import fr.tambour.fediverse.internal.ThemeAccounts;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.Actor;
import fr.tambour.people.Role;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Await;
import fr.tambour.town.Theme;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** A server of the fediverse that nobody here wrote follows the town, and is told. */
@ParameterizedClass
@EnumSource(Dialect.class)
class FedifyTest {

    private final Dialect dialect;

    FedifyTest(Dialect dialect) {
        this.dialect = dialect;
    }

    @Test
    void itFollowsIsToldCorrectedAndTakenBackAndLeaves() throws Exception {
        assumeTrue(FedifyPeer.isThere(), "There is no node of version 20 or newer here, or npm does not bring Fedify");
        try (FediverseTown town = new FediverseTown(dialect);
                FedifyPeer fedify = FedifyPeer.start()) {
            JsonNode found = fedify.does("follow", "whom", town.url("/@ville"));
            assertThat(found.path("name").asString()).isEqualTo("Ville de Clairval");
            assertThat(found.path("handle").asString()).isEqualTo("ville");
            assertThat(found.path("type").asString()).isEqualTo("Organization");
            Await.until(() -> !fedify.seen("Accept").isEmpty());
            assertThat(followers(town)).isEqualTo(1);

            NoticeId bal = town.illustrates("Le bal est annoncé", "Samedi, sur la place.");
            Await.until(() -> !fedify.seen("Create").isEmpty());
            JsonNode note = fedify.seen("Create").getFirst().path("object");
            assertThat(note.path("attachment").path("name").asString()).isEqualTo("Deux moitiés");
            // Fedify's vocabulary has neither.
            JsonNode picture =
                    town.json("/avis/" + bal.ref()).path("attachment").get(0);
            assertThat(picture.path("focalPoint").toString()).isEqualTo("[-1,1]");
            JsonNode seen = fedify.does("blur", "hash", picture.path("blurhash").asString());
            assertThat(moreRedThanBlue(seen.path("left"))).isGreaterThan(100);
            assertThat(moreRedThanBlue(seen.path("right"))).isLessThan(-100);
            assertThat(note.path("type").asString()).isEqualTo("Note");
            assertThat(note.path("id").asString())
                    .isEqualTo(town.url("/avis/" + bal.ref()).toString());
            assertThat(note.path("content").asString())
                    .startsWith("<p>Le bal est annoncé</p><p>Samedi, sur la place.</p>");
            assertThat(note.path("url").asString())
                    .isEqualTo(town.url("/avis/" + bal.ref() + "/le-bal-est-annonce")
                            .toString());

            town.corrects(bal, "Le bal est reporté", "Dimanche, sur la place.", "Il pleuvra.");
            Await.until(() -> !fedify.seen("Update").isEmpty());
            assertThat(fedify.seen("Update")
                            .getFirst()
                            .path("object")
                            .path("content")
                            .asString())
                    .contains("Le bal est reporté");
            assertThat(fedify.does("read", "what", town.url("/avis/" + bal.ref()))
                            .path("content")
                            .asString())
                    .contains("Dimanche");

            // It knows the old key, and is told of the new one with that; what comes next is signed with the new one.
            bean(town, AccountKeys.class).renew(town.town(), 0);
            Await.until(() -> fedify.seen("Update").size() == 2);
            assertThat(fedify.seen("Update").getLast().path("object").path("id").asString())
                    .isEqualTo(town.url("/@ville").toString());

            town.withdraws(bal, "La salle est fermée.");
            Await.until(() -> !fedify.seen("Delete").isEmpty());
            assertThat(types(fedify)).containsExactly("Accept", "Create", "Update", "Update", "Delete");

            fedify.does("unfollow", "whom", town.url("/@ville"));
            Await.until(() -> followers(town) == 0);
        }
    }

    private static int moreRedThanBlue(JsonNode pixel) {
        return pixel.get(0).asInt() - pixel.get(2).asInt();
    }

    @Test
    void whoFollowsAThemeGetsTheRepostAndReadsTheNoticeByIt() throws Exception {
        assumeTrue(FedifyPeer.isThere(), "There is no node of version 20 or newer here, or npm does not bring Fedify");
        try (FediverseTown town = new FediverseTown(dialect);
                FedifyPeer fedify = FedifyPeer.start()) {
            Theme youth = town.theme("Jeunesse");
            bean(town, ThemeAccounts.class).open(town.town(), youth.id(), "jeunesse", 0);
            String account = town.url("/@jeunesse").toString();
            JsonNode found = fedify.does("follow", "whom", account);
            assertThat(found.path("name").asString()).isEqualTo("Jeunesse – Ville de Clairval");
            Await.until(() -> !fedify.seen("Accept").isEmpty());

            NoticeId skatepark = town.publishes("Le skatepark rouvre", "Samedi.", youth);
            Await.until(() -> !fedify.seen("Announce").isEmpty());

            JsonNode announce = fedify.seen("Announce").getFirst();
            assertThat(announce.path("actor").asString()).isEqualTo(account);
            assertThat(fedify.does("read", "what", announce.path("object").asString())
                            .path("content")
                            .asString())
                    .contains("Le skatepark rouvre");
            town.corrects(skatepark, "Le skatepark rouvre", "Dimanche.", "Il pleuvra.", youth);
            Await.until(() -> !fedify.seen("Update").isEmpty());
            town.withdraws(skatepark, "Il est fermé.");
            Await.until(() -> !fedify.seen("Undo").isEmpty());
            assertThat(types(fedify)).containsExactly("Accept", "Announce", "Update", "Delete", "Undo");

            bean(town, ThemeAccounts.class).stop(town.town(), "jeunesse", 0);
            bean(town, ThemeAccounts.class).close(town.town(), "jeunesse", 0);
            Await.until(() -> fedify.seen("Delete").size() == 2);
            assertThat(types(fedify)).endsWith("Delete");
        }
    }

    @Test
    void itsPeopleReplyLikeAndRepostAndAreAnswered() throws Exception {
        assumeTrue(FedifyPeer.isThere(), "There is no node of version 20 or newer here, or npm does not bring Fedify");
        try (FediverseTown town = new FediverseTown(dialect);
                FedifyPeer fedify = FedifyPeer.start()) {
            Actor moderator = town.colleague("mina@clairval.example", Role.MODERATOR);
            NoticeId bal = town.publishes("Le bal est annoncé", "Samedi, sur la place.");
            Object post = town.url("/avis/" + bal.ref());

            JsonNode reply = fedify.does("reply", "what", post);
            fedify.does("like", "what", post);
            fedify.does("announce", "what", post);

            List<Message> kept =
                    reads(town, () -> bean(town, Messages.class).of(town.town().id(), Optional.of(bal), null, 10, 0));
            assertThat(kept).singleElement().satisfies(message -> {
                assertThat(message.plain()).isEqualTo("À quelle heure ?");
                assertThat(message.author().name()).isEqualTo("Alice");
                assertThat(message.author().handle()).startsWith("alice@127.0.0.1:");
                assertThat(message.open()).isTrue();
            });
            for (Reaction.Kind kind : Reaction.Kind.values()) {
                assertThat(reads(
                                town,
                                () -> bean(town, Reactions.class)
                                        .count(town.town().id(), bal, kind)))
                        .isEqualTo(1);
            }
            fedify.does("takeBack", "what", "Like");
            fedify.does("takeBack", "what", "Announce");
            for (Reaction.Kind kind : Reaction.Kind.values()) {
                assertThat(reads(
                                town,
                                () -> bean(town, Reactions.class)
                                        .count(town.town().id(), bal, kind)))
                        .isZero();
            }

            bean(town, AnswerDesk.class)
                    .write(
                            moderator,
                            town.town(),
                            kept.getFirst().id(),
                            new AnswerDesk.Draft(kept.getFirst().version(), "À 20 h 30.", "fr", false));

            Await.until(() -> !fedify.seen("Create").isEmpty());
            JsonNode note = fedify.seen("Create").getFirst().path("object");
            assertThat(note.path("inReplyTo").asString())
                    .isEqualTo(reply.path("id").asString());
            assertThat(note.path("content").asString()).contains("À 20 h 30.");
            assertThat(fedify.does("read", "what", note.path("id").asString())
                            .path("content")
                            .asString())
                    .isEqualTo(note.path("content").asString());
        }
    }

    @Test
    void twoGatedServersReadAndTellEachOtherAndItQuotesWithLeave() throws Exception {
        assumeTrue(FedifyPeer.isThere(), "There is no node of version 20 or newer here, or npm does not bring Fedify");
        try (FediverseTown town = new FediverseTown(dialect);
                FedifyPeer fedify = FedifyPeer.gated()) {
            bean(town, Gate.class).set(town.town(), true, 0);
            JsonNode found = fedify.does("follow", "whom", town.url("/@ville"));
            assertThat(found.path("name").asString()).as("it has not signed").isEqualTo("null");
            Await.until(() -> !fedify.seen("Accept").isEmpty());
            assertThat(followers(town)).isEqualTo(1);

            NoticeId bal = town.publishes("Le bal est annoncé", "Samedi, sur la place.");
            Await.until(() -> !fedify.seen("Create").isEmpty());
            URI note = town.url("/avis/" + bal.ref());
            assertThat(fedify.does("read", "what", note).isEmpty())
                    .as("it has not signed")
                    .isTrue();
            assertThat(fedify.does("readSigned", "what", note).path("content").asString())
                    .contains("Samedi, sur la place.");

            JsonNode quote = fedify.does("quote", "what", note);
            assertThat(quote.path("may").toString()).contains("https://www.w3.org/ns/activitystreams#Public");
            Await.until(() -> fedify.seen("Accept").size() == 2);
            String result = fedify.seen("Accept").getLast().path("result").asString();
            JsonNode stamp = fedify.does("stamp", "what", result);
            assertThat(stamp.path("by").asString())
                    .isEqualTo(town.url("/@ville").toString());
            assertThat(stamp.path("post").asString()).isEqualTo(quote.path("id").asString());
            assertThat(stamp.path("notice").asString()).isEqualTo(note.toString());
            town.withdraws(bal, "La salle est fermée.");
            Await.until(() -> fedify.seen("Delete").stream()
                    .anyMatch(delete -> delete.path("object").toString().contains(result)));
        }
    }

    private static <T> T bean(FediverseTown town, Class<T> type) {
        return town.server().bean(type);
    }

    private static <T> T reads(FediverseTown town, Supplier<T> work) {
        TransactionTemplate reading = new TransactionTemplate(bean(town, PlatformTransactionManager.class));
        reading.setReadOnly(true);
        return reading.execute(status -> work.get());
    }

    private static List<String> types(FedifyPeer fedify) {
        return fedify.seen().stream()
                .map(activity -> activity.path("type").asString())
                .toList();
    }

    private static long followers(FediverseTown town) {
        return town.server()
                .bean(FollowerCount.class)
                .of(town.server().bean(Actors.class).of(town.town()));
    }
}
