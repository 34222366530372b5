package fr.tambour.operations.studio;

import fr.tambour.dispatch.Dispatches;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeDesk.Release;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.operations.internal.Resumption;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** Where a person decides, after a restore, what still goes out. */
@Controller
class ResumeController {

    private static final String PATH = "/studio/reprise";

    private final Resumption resumption;
    private final NoticeDesk desk;
    private final Words words;

    ResumeController(Resumption resumption, NoticeDesk desk, Words words) {
        this.resumption = resumption;
        this.desk = desk;
        this.words = words;
    }

    @GetMapping(PATH)
    ModelAndView show(Actor actor, Town town, Locale locale) {
        actor.require(NoticeRights.READ);
        Words here = words.in(locale);
        Optional<Instant> paused = resumption.pausedSince(town.id());
        List<DeskQueries.Row> scheduled = resumption.scheduled(town.id());
        return new ModelAndView(
                "operations/studio/resume",
                "page",
                new ResumePage(
                        paused.isPresent(),
                        paused.map(since -> here.moment(since.atZone(town.zone())))
                                .orElse(""),
                        lines(scheduled.stream().filter(resumption::overdue).toList(), town, here),
                        lines(
                                scheduled.stream()
                                        .filter(row -> !resumption.overdue(row))
                                        .toList(),
                                town,
                                here),
                        held(resumption.held(town.id()), town, here),
                        actor.may(NoticeRights.PUBLISH)));
    }

    private static List<ResumePage.Line> lines(List<DeskQueries.Row> rows, Town town, Words words) {
        return rows.stream()
                .map(row -> {
                    ZonedDateTime due = row.due() == null
                            ? row.touchedAt().atZone(town.zone())
                            : row.due().atZone(town.zone());
                    String ref = row.id().ref();
                    return new ResumePage.Line(ref, row.title(), words.moment(due), "/studio/avis/" + ref);
                })
                .toList();
    }

    private static List<ResumePage.Line> held(List<Resumption.Held> held, Town town, Words words) {
        return held.stream()
                .map(each -> {
                    String ref = each.dispatch().notice().ref();
                    Dispatches.Left left = each.dispatch().left();
                    return new ResumePage.Line(
                            ref,
                            each.title(),
                            words.get(
                                    "operations.resume.left" + (left.about() ? ".about" : ""),
                                    words.number(left.count()),
                                    words.moment(each.dispatch().since().atZone(town.zone()))),
                            "/studio/avis/" + ref + "#diffusion");
                })
                .toList();
    }

    @PostMapping(PATH + "/{ref}/publication")
    String publish(Actor actor, @PathVariable String ref) {
        desk.release(actor, id(ref), new Release.Now());
        return "redirect:" + PATH;
    }

    @PostMapping(PATH + "/{ref}/retrait-du-programme")
    String unschedule(Actor actor, @PathVariable String ref) {
        desk.unschedule(actor, id(ref), "");
        return "redirect:" + PATH;
    }

    @PostMapping(PATH)
    String resume(Actor actor) {
        actor.require(NoticeRights.PUBLISH);
        resumption.resume(actor);
        return "redirect:/studio";
    }

    private static NoticeId id(String ref) {
        return NoticeId.ofRef(ref).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "notice.unknown"));
    }
}
