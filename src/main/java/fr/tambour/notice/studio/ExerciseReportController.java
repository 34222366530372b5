package fr.tambour.notice.studio;

import fr.tambour.notice.Carriage;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.ExerciseReport;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What an exercise was made for: how long it takes from the first word to the last phone. */
@Controller
class ExerciseReportController {

    private static final String KEY = "notice.exercise.report.";

    private final DeskQueries queries;
    private final Names names;
    private final Words words;

    ExerciseReportController(DeskQueries queries, Names names, Words words) {
        this.queries = queries;
        this.names = names;
        this.words = words;
    }

    @GetMapping("/studio/avis/{ref}/exercice")
    String read(Actor actor, Town town, Locale locale, @PathVariable String ref, Model model) {
        actor.require(NoticeRights.READ);
        ExerciseReport report = NoticeId.ofRef(ref)
                .flatMap(id -> queries.exerciseReport(town.id(), id))
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "notice.not-an-exercise"));
        Words said = words.in(locale);
        Instant begun = report.begun().at();
        Hours hours = new Hours(town.zone(), begun, said);
        List<ExerciseReportPage.Step> steps = new ArrayList<>();
        step(steps, hours, "begun", Optional.of(report.begun()));
        step(steps, hours, "submitted", report.submitted());
        step(steps, hours, "approved", report.approved());
        step(steps, hours, "released", report.released());
        step(steps, hours, "withdrawn", report.withdrawn());
        model.addAttribute(
                "page",
                new ExerciseReportPage(
                        ref,
                        report.title(),
                        said.fullDate(hours.day()),
                        steps,
                        report.toRelease().map(said::duration).orElse(null),
                        report.ways().stream()
                                .map(way -> way(town, hours, report, way))
                                .toList(),
                        "/api/v1/notices/" + ref + "/exercise-report"));
        return "notice/studio/exerciseReport";
    }

    private void step(
            List<ExerciseReportPage.Step> steps, Hours hours, String what, Optional<ExerciseReport.Step> step) {
        Words said = hours.said();
        step.ifPresent(taken -> steps.add(new ExerciseReportPage.Step(
                said.get(KEY + what),
                hours.clock(taken.at()),
                steps.isEmpty() ? null : said.duration(Duration.between(hours.begun(), taken.at())),
                taken.person()
                        .map(person -> said.get(KEY + "who", names.person(person)))
                        .orElseGet(() -> said.get(KEY + "clockwork")))));
    }

    private ExerciseReportPage.Way way(Town town, Hours hours, ExerciseReport report, Carriage.Way way) {
        Words said = hours.said();
        List<ExerciseReportPage.Line> counts = new ArrayList<>();
        List<ExerciseReportPage.Line> times = new ArrayList<>();
        if (way.told()) {
            count(counts, said, "accepted", way.accepted());
            count(counts, said, "gone", way.gone());
            count(counts, said, "failed", way.failed());
            if (way.waiting() > 0) {
                count(counts, said, "waiting", way.waiting());
            }
            if (way.others() > 0) {
                count(counts, said, "others", way.others());
            }
            time(times, said, "first", since(way, way.first()));
            time(times, said, "median", way.median());
            time(times, said, "p95", way.p95());
            time(times, said, "last", since(way, way.last()));
        }
        return new ExerciseReportPage.Way(
                names.facts(town, said).channel(way.channel()),
                !way.told()
                        ? said.get(KEY + "shown", hours.clock(way.began()))
                        : said.get(KEY + (way.settled() == null ? "running" : "settled")),
                report.toMedian(way).map(said::duration).orElse(null),
                counts,
                times);
    }

    private static @Nullable Duration since(Carriage.Way way, @Nullable Instant at) {
        return at == null ? null : Duration.between(way.began(), at);
    }

    /** However few: these phones agreed to be counted, and nothing says whose they are. */
    private static void count(List<ExerciseReportPage.Line> lines, Words said, String key, long count) {
        lines.add(new ExerciseReportPage.Line(said.get(KEY + key), said.number(count)));
    }

    private static void time(List<ExerciseReportPage.Line> lines, Words said, String key, @Nullable Duration length) {
        if (length != null) {
            lines.add(new ExerciseReportPage.Line(said.get(KEY + key), said.duration(length)));
        }
    }

    /** Tells times to the second, and their day where it is not the one on which it began. */
    private record Hours(ZoneId zone, Instant begun, Words said) {

        LocalDate day() {
            return begun.atZone(zone).toLocalDate();
        }

        /** « 18 h 42 min 07 s », « 27 novembre, 0 h 02 min 07 s »; with its offset where the clock shows it twice that night. */
        String clock(Instant at) {
            ZonedDateTime local = at.atZone(zone);
            String time = said.get(
                    KEY + "clock",
                    Integer.toString(local.getHour()),
                    "%02d".formatted(local.getMinute()),
                    "%02d".formatted(local.getSecond()));
            String once =
                    zone.getRules().getValidOffsets(local.toLocalDateTime()).size() > 1
                            ? said.get(KEY + "clock.twice", time, "UTC" + local.getOffset())
                            : time;
            return local.toLocalDate().equals(day())
                    ? once
                    : said.get(KEY + "clock.other-day", said.date(local.toLocalDate(), day()), once);
        }
    }
}
