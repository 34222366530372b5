package fr.tambour.fediverse;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Dispatches;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.FollowerCount;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.Millis;
import fr.tambour.testing.Await;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Servers that are away for a while: what they missed they are told when they are back, and in its order. */
class OutagesTest {

    private final FediverseTown town = new FediverseTown(Dialect.SQLITE);
    private final Stranger stranger = new Stranger();
    private final URI ville = town.url("/@ville");

    OutagesTest() throws Exception {}

    @BeforeEach
    void somebodyFollows() throws Exception {
        stranger.account("alice");
        stranger.sends(town.url("/@ville/inbox"), sending("Follow", "1", '"' + ville.toString() + '"'));
        assertThat(town.server()
                        .bean(FollowerCount.class)
                        .of(town.server().bean(Actors.class).of(town.town())))
                .isEqualTo(1);
    }

    @AfterEach
    void close() {
        stranger.close();
        town.close();
    }

    private Stranger.Sending sending(String type, String number, String object) {
        Stranger.Sending sending = new Stranger.Sending(
                stranger.at("/alice") + "#main-key",
                stranger.activity(type, "alice", stranger.at("/alice#" + number), object));
        sending.at = town.server().clock().instant();
        return sending;
    }

    private void isAway() {
        Await.until(() -> stranger.types().equals(List.of("Accept")));
        stranger.received().clear();
        stranger.answers("/alice/inbox", 503);
    }

    private void isBack(Duration after) {
        stranger.received().clear();
        stranger.answers("/alice/inbox", 202);
        town.server().clock().go(after);
    }

    @Test
    void whoMissedANoticeIsToldOfItBeforeTheyAreToldThatItChanged() {
        isAway();
        NoticeId bal = town.publishes("Le bal", "Samedi.");
        Await.until(() -> stranger.types().contains("Create"));
        town.corrects(bal, "Le bal est reporté", "Dimanche.", "Il pleuvra.");
        Await.until(() -> stranger.activities().getLast().toString().contains("Dimanche"));

        isBack(Duration.ofHours(1));

        Await.until(() -> stranger.types().size() == 2);
        assertThat(stranger.types()).containsExactly("Create", "Update");
        assertThat(stranger.activities())
                .allSatisfy(activity -> assertThat(
                                activity.path("object").path("content").asString())
                        .contains("Dimanche"));
    }

    @Test
    void whoKnowsANoticeIsOnlyToldThatItChanged() {
        Await.until(() -> stranger.types().equals(List.of("Accept")));
        NoticeId bal = town.publishes("Le bal", "Samedi.");
        Await.until(() -> stranger.types().size() == 2);
        stranger.answers("/alice/inbox", 503);
        town.corrects(bal, "Le bal est reporté", "Dimanche.", "Il pleuvra.");
        Await.until(() -> !stranger.received("Update").isEmpty());
        int before = stranger.received("Update").size();
        stranger.answers("/alice/inbox", 202);
        town.server().clock().go(Duration.ofHours(1));
        Await.until(() -> stranger.received("Update").size() > before);
        town.withdraws(bal, "La salle est fermée.");
        Await.until(() -> stranger.types().contains("Delete"));

        assertThat(stranger.types().stream().distinct()).containsExactly("Accept", "Create", "Update", "Delete");
        assertThat(stranger.received("Update").stream()
                        .map(update -> update.path("id").asString())
                        .distinct())
                .as("tried again it is the same")
                .hasSize(1);
    }

    @Test
    void anAnswerIsTriedForDaysAndArrives() throws Exception {
        isAway();
        stranger.sends(town.url("/@ville/inbox"), sending("Follow", "2", '"' + ville.toString() + '"'));
        Await.until(() -> stranger.types().contains("Accept"));
        stranger.received().clear();
        town.server().clock().go(Duration.ofDays(3));
        Await.until(() -> stranger.types().contains("Accept"));

        isBack(Duration.ofDays(6));

        Await.until(() -> stranger.types().equals(List.of("Accept")));
    }

    @Test
    void aServerThatWasSetAsideIsToldAgainOnceItHasSpoken() throws Exception {
        Await.until(() -> stranger.types().equals(List.of("Accept")));
        Instant now = town.server().clock().instant();
        town.written(
                "UPDATE fediverse_inbox SET failing_since = :then, failed_at = :then, aside_at = :now",
                Map.of("then", Millis.of(now.minus(Duration.ofDays(8))), "now", Millis.of(now)));
        NoticeId bal = town.publishes("Le bal", "Samedi.");
        Await.until(() -> isThrough(bal));

        stranger.sends(town.url("/@ville/inbox"), sending("Follow", "1", '"' + ville.toString() + '"'));
        Await.until(() -> asideNoMore());
        town.publishes("La foire", "Dimanche.");

        Await.until(() -> stranger.types().contains("Create"));
        assertThat(stranger.activities().stream()
                        .filter(activity -> activity.toString().contains("Le bal")))
                .isEmpty();
    }

    private boolean isThrough(NoticeId notice) {
        return town.server().bean(Dispatches.class).of(town.town().id(), notice).stream()
                .filter(dispatch -> dispatch.channel().equals("fediverse"))
                .allMatch(dispatch -> dispatch.settledAt() != null);
    }

    private boolean asideNoMore() {
        TransactionTemplate reading = new TransactionTemplate(town.server().bean(PlatformTransactionManager.class));
        reading.setReadOnly(true);
        return reading.execute(status -> town.server()
                        .bean(JdbcClient.class)
                        .sql("SELECT count(*) FROM fediverse_inbox WHERE aside_at IS NOT NULL")
                        .query(Integer.class)
                        .single())
                == 0;
    }
}
