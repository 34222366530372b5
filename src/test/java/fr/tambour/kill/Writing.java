package fr.tambour.kill;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.testing.Distribution;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One program: it begins a notice, saves it anew, submits it and has it published, then begins the next, until there is
 * no answer any more. It remembers what was answered.
 */
final class Writing implements Runnable {

    /** How far a notice has come. */
    private enum Step {
        BEGUN,
        SAVED,
        SUBMITTED,
        PUBLISHED;

        Step next() {
            return values()[Math.min(ordinal() + 1, PUBLISHED.ordinal())];
        }
    }

    private final WorkingTown town;
    private final Program author;
    private final Program approver;
    private final String title;
    private final CountDownLatch published;
    private final List<Remembered> notices = new ArrayList<>();
    private final List<String> surprises = new ArrayList<>();

    /** The title of a notice whose beginning was asked for and not answered. */
    private @Nullable String unanswered;

    Writing(WorkingTown town, Distribution.Running tambour, String title, CountDownLatch published) {
        this.town = town;
        this.author = town.author(tambour);
        this.approver = town.approver(tambour);
        this.title = title;
        this.published = published;
    }

    List<Remembered> notices() {
        return notices;
    }

    List<String> surprises() {
        return surprises;
    }

    @Override
    public void run() {
        try {
            for (int number = 1; surprises.isEmpty(); number++) {
                lead(title + "-" + number);
            }
        } catch (UncheckedIOException e) {
            // Killed: what was answered until now counts.
        } catch (AssertionError e) {
            surprises.add(String.valueOf(e.getMessage()));
        }
    }

    private void lead(String name) {
        unanswered = name;
        String id = begin(author, name).text("id");
        unanswered = null;
        Remembered notice = new Remembered(id, name);
        notices.add(notice);
        author.put(notice.path("/draft"), "{\"version\": 1, \"content\": " + Words.content(notice.rewritten()) + "}")
                .expect(200);
        notice.reached(Step.SAVED);
        author.post(notice.path("/submission"), "{\"version\": 2}").expect(200);
        notice.reached(Step.SUBMITTED);
        approver.post(notice.path("/approval"), "{\"revision\": 1, \"release\": {\"when\": \"now\"}}")
                .expect(200);
        notice.reached(Step.PUBLISHED);
        published.countDown();
    }

    /** Its title is its key as well. */
    private static Program.Answer begin(Program author, String name) {
        return author.post(
                        "/api/v1/notices",
                        "{\"content\": " + Words.content(name) + "}",
                        "Idempotency-Key",
                        name.replace(' ', '-'))
                .expect(201);
    }

    /** Asked for once more, what was not answered is there once. */
    void checkUnanswered(Distribution.Running tambour) {
        String name = unanswered;
        if (name == null) {
            return;
        }
        Program again = town.author(tambour);
        String id = begin(again, name).text("id");
        assertThat(begin(again, name).text("id")).isEqualTo(id);
        JsonNode found = again.get("/api/v1/notices?limit=100&draftState=draft")
                .expect(200)
                .json()
                .path("items");
        assertThat(found.valueStream().map(row -> row.path("title").asString()).filter(name::equals))
                .as("begun once: %s", name)
                .hasSize(1);
        unanswered = null;
        notices.add(new Remembered(id, name));
    }

    /** One notice as it was last acknowledged. */
    static final class Remembered {

        private final String id;
        private final String first;
        private Step step = Step.BEGUN;

        Remembered(String id, String first) {
            this.id = id;
            this.first = first;
        }

        private void reached(Step reached) {
            step = reached;
        }

        private String rewritten() {
            return first + " bis";
        }

        private String path(String more) {
            return "/api/v1/notices/" + id + more;
        }

        /** As it was acknowledged, or one whole step further: the one whose answer never came. */
        void check(WorkingTown town, Distribution.Running tambour) {
            JsonNode notice = town.author(tambour).notice(id);
            Step now = step(notice);
            assertThat(now).as("%s after %s", notice, step).isIn(step, step.next());
            assertThat(notice.path("title").asString()).isEqualTo(now == Step.BEGUN ? first : rewritten());
            if (now == Step.PUBLISHED) {
                String page = URI.create(notice.path("published").path("page").asString())
                        .getPath();
                assertThat(town.author(tambour).get(page).expect(200).body()).contains(rewritten());
            }
        }

        private static Step step(JsonNode notice) {
            if (notice.path("publicState").asString().equals("published")) {
                return Step.PUBLISHED;
            }
            return switch (notice.path("draftState").asString()) {
                case "submitted" -> Step.SUBMITTED;
                case "draft" -> notice.path("draft").path("version").asLong() > 1 ? Step.SAVED : Step.BEGUN;
                default -> throw new AssertionError("Half a step: " + notice);
            };
        }
    }
}
