package fr.tambour.live.internal;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** What happened since the start, for Prometheus. */
@Component
class Counts implements MeterBinder {

    /** Why a stream is over. */
    enum End {
        /** The page was closed, or its line broke. */
        GONE,
        /** It did not take what was sent. */
        SLOW,
        /** This node stopped. */
        STOPPED
    }

    /** Why none was opened. */
    enum Refusal {
        NODE,
        ADDRESS,
        /** None of them was: it did not say what the page had missed. */
        DATABASE
    }

    /** Where an answer to the public came from. */
    enum Answer {
        MEMORY,
        APPLICATION,
        /** It was refused, since too many were being made. */
        SHED
    }

    final LongAdder events = new LongAdder();
    private final Map<End, LongAdder> ended = adders(End.class);
    private final Map<Refusal, LongAdder> refused = adders(Refusal.class);
    private final Map<Answer, LongAdder> answers = adders(Answer.class);

    void ended(End why) {
        ended.get(why).increment();
    }

    void refused(Refusal why) {
        refused.get(why).increment();
    }

    void answered(Answer from) {
        answers.get(from).increment();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("tambour.live.events", events, LongAdder::sum)
                .description("Events sent, counted once for each stream")
                .register(registry);
        register(registry, "tambour.live.streams.ended", "Event streams that are over", "reason", ended);
        register(registry, "tambour.live.streams.refused", "Event streams that were not opened", "full", refused);
        register(registry, "tambour.live.answers", "Answers to the public, streams apart", "from", answers);
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> kinds) {
        Map<E, LongAdder> adders = new EnumMap<>(kinds);
        for (E kind : kinds.getEnumConstants()) {
            adders.put(kind, new LongAdder());
        }
        return adders;
    }

    private static <E extends Enum<E>> void register(
            MeterRegistry registry, String name, String description, String tag, Map<E, LongAdder> adders) {
        adders.forEach((kind, adder) -> FunctionCounter.builder(name, adder, LongAdder::sum)
                .description(description)
                .tag(tag, kind.name().toLowerCase(Locale.ROOT))
                .register(registry));
    }
}
