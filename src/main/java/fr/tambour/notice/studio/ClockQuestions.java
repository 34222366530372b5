package fr.tambour.notice.studio;

import fr.tambour.notice.Finding;
import fr.tambour.notice.WallTime;
import fr.tambour.ui.Words;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to ask about a time that the town's clock has twice, or not at all. */
final class ClockQuestions {

    private ClockQuestions() {}

    static Aside.Question about(Words words, Finding finding) {
        String name = finding.field() + ".choice";
        List<?> args = finding.args();
        return switch (finding.code()) {
            case "time.twice" -> twice(words, name, args.get(1), args.get(2));
            case "time.missing" ->
                missing(words, name, (LocalDateTime) args.get(0), (LocalDateTime) args.get(1), (LocalDateTime)
                        args.get(2));
            default -> Aside.Question.NONE;
        };
    }

    /** About a time that a person typed. */
    static Aside.Question about(Words words, String name, @Nullable WallTime time, ZoneId zone) {
        if (time == null) {
            return Aside.Question.NONE;
        }
        return switch (time.resolve(zone)) {
            case WallTime.Resolution.Once once -> Aside.Question.NONE;
            case WallTime.Resolution.Missing gap -> missing(words, name, time.local(), gap.before(), gap.after());
            case WallTime.Resolution.Twice twice -> twice(words, name, twice.earlier(), twice.later());
        };
    }

    private static Aside.Question twice(Words words, String name, Object earlier, Object later) {
        return new Aside.Question(
                name,
                List.of(
                        new Aside.Choice(earlier.toString(), words.get("notice.time.first")),
                        new Aside.Choice(later.toString(), words.get("notice.time.second"))));
    }

    /** The two times that could be meant where the clock jumps over {@code local}. */
    private static Aside.Question missing(
            Words words, String name, LocalDateTime local, LocalDateTime before, LocalDateTime after) {
        Duration jump = Duration.between(before, after);
        return new Aside.Question(name, List.of(choice(words, local.minus(jump)), choice(words, local.plus(jump))));
    }

    private static Aside.Choice choice(Words words, LocalDateTime time) {
        return new Aside.Choice(time.toString(), words.time(time.toLocalTime()));
    }
}
