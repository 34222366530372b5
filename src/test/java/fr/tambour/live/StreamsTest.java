package fr.tambour.live;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.live.OpenPage.Event;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeTown;
import fr.tambour.town.Towns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What open pages are told, over real connections. */
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.notice.NoticeTown#onBothEngines")
class StreamsTest {

    private static final String STREAM = "/direct";

    private final NoticeTown town;

    StreamsTest(NoticeTown town) {
        this.town = town;
    }

    private OpenPage open(String path) {
        return OpenPage.at(town.server().url(path), null);
    }

    private OpenPage comingBack(String lastId) {
        return OpenPage.at(town.server().url(STREAM), lastId);
    }

    private NoticeId publish(String title) {
        return town.publish(town.news(title, "Un résumé.", "Un texte."));
    }

    @Test
    void anOpenPageHearsOfEveryStepOfANoticesPublicLife() {
        try (OpenPage page = open(STREAM)) {
            NoticeId id = publish("La halle rouvre");
            Event published = page.nextNews();
            assertThat(published.name()).isEqualTo("notice");
            assertThat(published.data())
                    .contains("\"step\":\"published\"", "\"emergency\":false", "\"notice\":\"" + id.ref() + "\"");
            town.correct(id, town.news("La halle rouvre samedi", "Un résumé.", "Un texte."), "Plus précis.");
            assertThat(page.nextNews().step()).isEqualTo("corrected");
            town.withdraw(id, "Une erreur.");
            assertThat(page.nextNews().step()).isEqualTo("withdrawn");

            NoticeId alarm = town.alarm(Set.of(), Set.of());
            assertThat(page.nextNews().data()).contains("\"emergency\":true", alarm.ref());
            town.server().clock().advance(Duration.ofHours(25));
            town.advance();
            Event over = page.nextNews();
            assertThat(over.step()).isEqualTo("expired");
            assertThat(over.data()).contains("\"emergency\":true", alarm.ref());
        }
    }

    @Test
    void aStreamIsToldHowItIsToBeReadAndIsLikeAnyAnswerOfOurs() {
        try (OpenPage page = open("/en" + STREAM)) {
            assertThat(page.answer().statusCode()).isEqualTo(200);
            assertThat(page.answer().headers().map())
                    .containsEntry("content-type", List.of("text/event-stream;charset=utf-8"))
                    .containsEntry("cache-control", List.of("no-store"))
                    .containsEntry("x-accel-buffering", List.of("no"))
                    .containsEntry("x-content-type-options", List.of("nosniff"))
                    .containsKey("content-security-policy");
        }
    }

    /** What happened between the making of a page and the opening of its stream is told at once. */
    @Test
    void aPageHearsOfWhatHappenedSinceItWasMade() {
        long made = town.server().bean(Towns.class).counter(town.town().id());
        publish("Entre les deux");
        try (OpenPage page = open(STREAM + "?depuis=" + made)) {
            assertThat(page.nextNews().counter()).isEqualTo(made + 1);
        }
    }

    @Test
    void aPageThatKnowsWhatHasNeverHappenedIsToldToShowItselfAnew() {
        try (OpenPage page = comingBack("999999999")) {
            Event reload = page.nextNews();
            assertThat(reload.name()).isEqualTo("reload");
            assertThat(reload.counter())
                    .isEqualTo(
                            town.server().bean(Towns.class).counter(town.town().id()));
        }
    }

    /** Three publish at once while a page loses its line at random moments and comes back. */
    @Test
    void nothingIsSkippedAndNothingComesTwiceHoweverOftenTheLineBreaks() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int each = 8;
        long first = town.server().bean(Towns.class).counter(town.town().id());
        List<Long> heard = new ArrayList<>();
        try (ExecutorService desks = Executors.newFixedThreadPool(3)) {
            List<Future<?>> work = new ArrayList<>();
            for (int desk = 0; desk < 3; desk++) {
                String title = "Bureau " + desk;
                work.add(desks.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        publish(title + ", avis " + i);
                    }
                }));
            }
            String known = Long.toString(first);
            while (heard.size() < 3 * each) {
                try (OpenPage page = comingBack(known)) {
                    int until = Math.min(3 * each, heard.size() + 1 + random.nextInt(4));
                    while (heard.size() < until) {
                        Event event = page.nextNews();
                        assertThat(event.name()).as("seed %d", seed).isEqualTo("notice");
                        heard.add(event.counter());
                    }
                    known = Long.toString(heard.getLast());
                }
            }
            for (Future<?> done : work) {
                done.get();
            }
        }
        assertThat(heard)
                .as("seed %d", seed)
                .containsExactlyElementsOf(LongStream.rangeClosed(first + 1, first + 3L * each)
                        .boxed()
                        .toList());
    }

    @Test
    void whoFollowsANoticeIsToldThatItMovedAndNobodyElseIs() {
        NoticeId id;
        NoticeId another;
        try (OpenPage before = open(STREAM)) {
            id = publish("Suivi");
            another = publish("Pas suivi");
            // A page that comes now begins after both.
            before.nextNews();
            before.nextNews();
        }
        try (OpenPage following = open(STREAM + "?suit=" + id.ref());
                OpenPage other = open(STREAM)) {
            Event first = following.nextNews();
            assertThat(first.name()).isEqualTo("progress");
            assertThat(first.data()).isEqualTo("{\"notice\":\"" + id.ref() + "\"}");

            town.withdraw(another, "Une erreur.");
            assertThat(following.nextNews().step()).isEqualTo("withdrawn");
            town.withdraw(id, "Une erreur.");
            assertThat(List.of(following.nextNews(), following.nextNews()))
                    .extracting(Event::name)
                    .containsExactlyInAnyOrder("notice", "progress");

            assertThat(other.nextNews().data()).contains(another.ref());
            assertThat(other.nextNews().data()).contains(id.ref());
            publish("Encore un");
            assertThat(other.nextNews().name()).isEqualTo("notice");
        }
    }

    /** The desk follows how far it is; nobody hears of it as news. */
    @Test
    void whoFollowsAnExerciseIsToldThatItMovedAndHearsNoNewsOfIt() {
        NoticeId exercise = town.exercise(Set.of(), Set.of());
        try (OpenPage following = open(STREAM + "?suit=" + exercise.ref());
                OpenPage other = open(STREAM)) {
            Event first = following.nextNews();
            assertThat(first.name()).isEqualTo("progress");
            assertThat(first.data()).isEqualTo("{\"notice\":\"" + exercise.ref() + "\"}");

            town.withdraw(exercise, "Fin de l’exercice.");
            NoticeId real = publish("Pour de vrai");

            assertThat(other.nextNews().data()).contains(real.ref());
            Event next = following.nextNews();
            while (next.name().equals("progress")) {
                next = following.nextNews();
            }
            assertThat(next.data()).contains(real.ref());
        }
    }
}
