package fr.tambour.kill;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.people.StudioClient;
import fr.tambour.testing.Distribution;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Somebody at the writing table: the page saves what they type by itself, again and again, until there is no answer any
 * more. It remembers the last save that was answered.
 */
final class Typing implements Runnable {

    private static final Pattern VERSION = Pattern.compile("(?:name=\"version\" value|data-version)=\"([0-9]+)\"");
    private static final String TABLE = "/studio/avis/";

    private final StudioClient studio;
    private final String name;
    private final CountDownLatch begun;
    private final List<String> surprises = new ArrayList<>();
    private String ref = "";
    private long version;
    private int asked;
    private int saved;

    /** @param begun counted down once a save was answered */
    Typing(WorkingTown town, Distribution.Running tambour, String name, CountDownLatch begun) {
        this.studio = town.studio(tambour);
        this.name = name;
        this.begun = begun;
    }

    List<String> surprises() {
        return surprises;
    }

    @Override
    public void run() {
        try {
            studio.get(TABLE + "nouveau");
            HttpResponse<String> answer = studio.post("/studio/avis", "kind", "NEWS");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
            ref = answer.headers().firstValue("Location").orElseThrow().replaceFirst(".*/", "");
            version = version(studio.get(TABLE + ref));
            type();
            begun.countDown();
            while (true) {
                type();
            }
        } catch (UncheckedIOException e) {
            // Killed: what was answered until now counts.
        } catch (AssertionError e) {
            surprises.add(String.valueOf(e.getMessage()));
        }
    }

    private void type() {
        asked++;
        version = version(studio.post(
                TABLE + ref,
                "version",
                Long.toString(version),
                "fragment",
                "1",
                "kind",
                "NEWS",
                "channel",
                "website",
                "title.fr",
                title(asked),
                "summary.fr",
                summary(asked),
                "body.fr",
                body(asked)));
        saved = asked;
    }

    private static long version(HttpResponse<String> answer) {
        Matcher version = VERSION.matcher(answer.body());
        assertThat(answer.statusCode() == 200 && version.find())
                .as(answer.body())
                .isTrue();
        return Long.parseLong(version.group(1));
    }

    private String title(int number) {
        return name + ", phrase " + number;
    }

    private static String summary(int number) {
        return "En bref, " + number + ".";
    }

    private static String body(int number) {
        return "Le texte, " + number + ".";
    }

    /** As the last save that was answered left it, or the one after it, whole. */
    void check(WorkingTown town, Distribution.Running tambour) {
        JsonNode words = town.author(tambour)
                .get("/api/v1/notices/" + ref + "/draft")
                .expect(200)
                .json()
                .path("content")
                .path("words")
                .path("fr");
        int there = words.path("title").asString().equals(title(saved)) ? saved : asked;
        assertThat(words.path("title").asString()).isEqualTo(title(there));
        assertThat(words.path("summary").asString()).isEqualTo(summary(there));
        assertThat(words.path("body").asString()).isEqualTo(body(there));
    }

    /** The same browser, still signed in, finds its text and goes on from it. */
    void goOn() {
        version = version(studio.get(TABLE + ref));
        type();
    }
}
