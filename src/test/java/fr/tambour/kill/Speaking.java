package fr.tambour.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.tambour.fediverse.Stranger;
import fr.tambour.testing.Distribution;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * People of another server: one writes to the town, then one after the other follows it, until there is no answer any more. It
 * remembers what was taken.
 */
final class Speaking implements Runnable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Taken in, or asked to come again: what the town answers. */
    private static final int TAKEN = 202;

    private static final int LATER = 503;

    private final Stranger stranger;
    private final URI ville;
    private final String name;
    private final CountDownLatch begun;
    private final List<String> following = new ArrayList<>();
    private final List<String> surprises = new ArrayList<>();
    private URI inbox;

    /**
     * @param name theirs, with a number behind it
     * @param begun counted down once somebody follows
     */
    Speaking(Stranger stranger, WorkingTown town, Distribution.Running tambour, String name, CountDownLatch begun) {
        this.stranger = stranger;
        this.ville = town.account();
        this.inbox = tambour.url("/fediverse/inbox");
        this.name = name;
        this.begun = begun;
    }

    List<String> surprises() {
        return surprises;
    }

    private URI note() {
        return stranger.at("/" + name + "/note");
    }

    private static String follow(URI who, URI ville) {
        return """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"%1$s#follow","type":"Follow","actor":"%1$s","object":"%2$s"}
                """.formatted(who, ville);
    }

    @Override
    public void run() {
        try {
            stranger.account(name);
            says(name, """
                    {"@context":"https://www.w3.org/ns/activitystreams","id":"%1$s#create","type":"Create","actor":"%2$s","object":
                     {"id":"%1$s","type":"Note","attributedTo":"%2$s","content":"<p>Bonjour</p>","to":["%3$s"]}}
                    """.formatted(note(), stranger.at("/" + name), ville));
            for (int number = 1; surprises.isEmpty(); number++) {
                String who = name + number;
                stranger.account(who);
                if (says(who, follow(stranger.at("/" + who), ville))) {
                    following.add(who);
                    begun.countDown();
                }
            }
        } catch (IOException e) {
            // Killed: what was answered until now counts.
        } catch (Exception e) {
            surprises.add(String.valueOf(e));
        }
    }

    private boolean says(String who, String activity) throws Exception {
        int status = stranger.sends(inbox, who, activity).statusCode();
        if (status != TAKEN && status != LATER) {
            surprises.add(who + " was answered " + status);
        }
        return status == TAKEN;
    }

    /** The process is dead, and no other has its books yet: whatever was taken stands there. */
    void killed(WorkingTown town) throws SQLException, IOException {
        System.out.printf("Killed when %d had followed%n", following.size());
        assertThat(following).isNotEmpty();
        try (Connection books = UnderWay.untouched(town.folder()).connect();
                PreparedStatement message =
                        books.prepareStatement("SELECT 1 FROM conversation_message WHERE name = ?");
                PreparedStatement follower =
                        books.prepareStatement("SELECT 1 FROM fediverse_follower WHERE remote = ?")) {
            message.setString(1, note().toString());
            assertThat(message.executeQuery().next()).as(note().toString()).isTrue();
            for (String who : following) {
                follower.setString(1, stranger.at("/" + who).toString());
                assertThat(follower.executeQuery().next()).as(who).isTrue();
            }
        }
    }

    /** Whoever was taken in is told that they follow, and leaves. */
    void check(Distribution.Running tambour) throws Exception {
        inbox = tambour.url("/fediverse/inbox");
        for (String who : following) {
            String accepted = "\"id\":\"" + stranger.at("/" + who) + "#follow\"";
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> stranger.received().stream()
                            .anyMatch(one -> one.contains("\"Accept\"") && one.contains(accepted)));
            assertThat(says(who, """
                            {"@context":"https://www.w3.org/ns/activitystreams","id":"%1$s#undo","type":"Undo","actor":"%1$s","object":%2$s}
                            """.formatted(stranger.at("/" + who), follow(stranger.at("/" + who), ville))))
                    .as("%s leaves", who)
                    .isTrue();
        }
        stranger.received().clear();
    }
}
