package fr.tambour.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** When a notice ends. The end is exclusive and always set once published. */
public final class Validity {

    /** What news is worth when nobody says: 30 days. */
    public static final Duration NEWS = Duration.ofDays(30);

    /** An emergency stands at most this long, and then asks to be prolonged. */
    public static final Duration EMERGENCY = Duration.ofHours(24);

    private Validity() {}

    /**
     * The end of a notice that may have been public before: a correction of news does not begin its days anew.
     *
     * @param firstPublished when its first revision came out, if one did
     */
    public static Optional<Instant> end(
            Content content, ZoneId zone, Instant published, Optional<Instant> firstPublished) {
        return end(content, zone, content.kind() == Kind.NEWS ? firstPublished.orElse(published) : published);
    }

    /**
     * The end of {@code content} if published at {@code published}; empty where the kind has no default and nobody has
     * said (PRACTICAL, and an event without a start). An emergency's is never more than {@link #EMERGENCY} ahead.
     */
    public static Optional<Instant> end(Content content, ZoneId zone, Instant published) {
        Optional<Instant> said = Optional.ofNullable(content.until()).map(until -> until.instant(zone));
        return switch (content.kind()) {
            case NEWS -> said.or(() -> Optional.of(published.plus(NEWS)));
            case EVENT -> said.or(() -> lastEnd(content, zone));
            case PRACTICAL -> said;
            case EMERGENCY -> {
                Instant most = published.plus(EMERGENCY);
                yield Optional.of(said.filter(end -> end.isBefore(most)).orElse(most));
            }
        };
    }

    /** The end of the last occurrence; an event whose end is not said is over when its day is. */
    private static Optional<Instant> lastEnd(Content content, ZoneId zone) {
        if (content.event() == null) {
            return Optional.empty();
        }
        List<Occurrences.Occurrence> all = Occurrences.of(content.event(), zone);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Occurrences.Occurrence last = all.getLast();
        return Optional.of(
                last.end().isAfter(last.start())
                        ? last.end()
                        : last.start()
                                .atZone(zone)
                                .toLocalDate()
                                .plusDays(1)
                                .atStartOfDay(zone)
                                .toInstant());
    }
}
