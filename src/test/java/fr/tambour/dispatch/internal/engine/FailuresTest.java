package fr.tambour.dispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private static Failures times(String reason, int count) {
        Failures all = Failures.NONE;
        for (int i = 0; i < count; i++) {
            all = all.plus(Failures.one(reason));
        }
        return all;
    }

    @Test
    void whatIsWrittenDownIsReadAgain() {
        Failures failures = times("413", 17).plus(times("403", 2)).plus(times("no answer in time", 1));

        assertThat(failures.text()).isEqualTo("403=2 413=17 no-answer-in-time=1");
        assertThat(Failures.of(failures.text(), 20)).isEqualTo(failures);
        assertThat(Failures.of("", 0)).isEqualTo(Failures.NONE);
    }

    @Test
    void whatWasCountedBeforeReasonsWereIsStillCounted() {
        assertThat(Failures.of("", 5).byReason()).isEqualTo(Map.of("unsaid", 5L));
        assertThat(Failures.of("413=3", 5).byReason()).isEqualTo(Map.of("413", 3L, "unsaid", 2L));
        assertThat(Failures.of("413=3", 5).count()).isEqualTo(5);
    }

    @Test
    void howeverManyReasonsThereAreAFewAreKeptAndAllAreCounted() {
        Failures all = times("413", 50);
        for (int i = 0; i < 300; i++) {
            all = all.plus(Failures.one("Oops " + "x".repeat(i)));
        }

        assertThat(all.byReason()).hasSizeLessThanOrEqualTo(13).containsEntry("413", 50L);
        assertThat(all.count()).isEqualTo(350);
        assertThat(all.text()).hasSizeLessThan(600);
        assertThat(Failures.of(all.text(), 350)).isEqualTo(all);
    }

    @Test
    void aReasonThatSaysNothingIsNoWord() {
        assertThat(Failures.one(" ").byReason()).containsOnlyKeys("unsaid");
        assertThat(Failures.one("No push!").byReason()).containsOnlyKeys("no-push");
    }

    @Test
    void noReasonNamesARecipientsOwnService() {
        assertThat(Failures.one("ConnectException: push.jeanne.example/192.0.2.7:443\nrefused")
                        .byReason())
                .containsOnlyKeys("connectexception");
        assertThat(Failures.one(": push.jeanne.example").byReason()).containsOnlyKeys("unsaid");
    }
}
