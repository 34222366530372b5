package fr.tambour.live.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.api.Test;

/** What is kept of an answer. */
class HotAnswerTest {

    private static final int MANY = 1_000;

    /** About what is said with every page of ours. */
    private static HotAnswer small(int number) {
        HttpFields.Mutable said = HttpFields.build();
        said.put(HttpHeader.CONTENT_TYPE, "text/html;charset=UTF-8");
        said.put(HttpHeader.CACHE_CONTROL, "public, no-cache");
        said.put("Content-Security-Policy", "default-src 'none'; img-src 'self' data:; ".repeat(10) + number);
        for (int i = 0; i < 12; i++) {
            said.put("X-Field-Number-" + i, "something of ours " + number);
        }
        return HotAnswer.of(200, said, ("<p>" + number).repeat(100).getBytes(StandardCharsets.UTF_8), null)
                .orElseThrow();
    }

    @Test
    void anAnswerTakesNoMoreMemoryThanItSays() {
        List<HotAnswer> answers = new ArrayList<>();
        answers.add(small(-1));
        long before = used();
        for (int i = 0; i < MANY; i++) {
            answers.add(small(i));
        }
        long taken = used() - before;
        long said = answers.stream().mapToLong(HotAnswer::size).sum();
        assertThat(taken).isLessThan(said);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
