package fr.tambour.notice.api;

import fr.tambour.notice.Checks;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DeskQueries.Order;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Finding;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.StaffNotice;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/notices/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Details", description = "What is missing, what happened to it. All need `notices:read`.")
class ReadingApi {

    private static final int STEPS_MOST = 200;

    /** Each is whole: a page must stay of a size that a program reads in one go. */
    private static final int REVISIONS_MOST = 50;

    private final DeskQueries queries;
    private final Checks checks;
    private final Views views;
    private final Words words;
    private final Clock clock;

    ReadingApi(DeskQueries queries, Checks checks, Views views, Words words, Clock clock) {
        this.queries = queries;
        this.checks = checks;
        this.views = views;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping("/findings")
    @Operation(
            operationId = "listFindings",
            summary = "What is missing",
            description =
                    "In the working draft, in the order of the studio's form. What blocks must be repaired before submission.")
    Details.Findings findings(Town town, Actor actor, @PathVariable String id, Locale locale) {
        List<Finding> findings = checks.of(draft(town, actor, id));
        Words said = words.in(locale);
        return new Details.Findings(
                findings.stream()
                        .map(finding -> new Details.Finding(
                                Vocabulary.same(Vocabulary.Weight.class, finding.weight()),
                                finding.code(),
                                finding.field(),
                                finding.sentence(said)))
                        .toList(),
                findings.stream().noneMatch(Finding::blocks));
    }

    private DraftView draft(Town town, Actor actor, String id) {
        StaffNotice notice = notice(town, actor, id);
        StaffNotice.Draft draft =
                notice.draft().orElseThrow(() -> new ApiRefusal(HttpStatus.NOT_FOUND, "api.no-draft"));
        return DraftView.of(town, notice, draft.content(), clock.instant());
    }

    @GetMapping("/history")
    @Operation(
            operationId = "listHistory",
            summary = "What happened to it",
            description =
                    "Every step, who took it and why, oldest first. Follow `next` (or the Link header field) until it is absent.")
    ResponseEntity<Details.History> history(
            Town town,
            Actor actor,
            HttpServletRequest request,
            @PathVariable String id,
            @Parameter(
                            description = "How many on a page.",
                            schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
                    @RequestParam(defaultValue = "50")
                    String limit,
            @Parameter(description = "From the page before; opaque.") @RequestParam(required = false) @Nullable
                    String cursor) {
        StaffNotice notice = notice(town, actor, id);
        int most = Query.number("limit", limit, 1, STEPS_MOST);
        DeskQueries.Page<StaffNotice.HistoryEntry> page =
                queries.history(town.id(), notice.id(), Order.OLDEST_FIRST, cursor, most);
        NextPage next = NextPage.after(page, request);
        return next.answer(new Details.History(views.history(town, page.rows()), next.address(), next.cursor()));
    }

    @GetMapping("/revisions")
    @Operation(operationId = "listRevisions", summary = "Its revisions", description = """
                    As they were submitted, oldest first, each with all its texts and renditions. Follow `next` (or the Link header field) until \
                    it is absent.""")
    ResponseEntity<Details.RevisionList> revisions(
            Town town,
            Actor actor,
            HttpServletRequest request,
            @PathVariable String id,
            @Parameter(
                            description = "How many on a page.",
                            schema = @Schema(type = "integer", minimum = "1", maximum = "50", defaultValue = "20"))
                    @RequestParam(defaultValue = "20")
                    String limit,
            @Parameter(description = "From the page before; opaque.") @RequestParam(required = false) @Nullable
                    String cursor) {
        StaffNotice notice = notice(town, actor, id);
        int most = Query.number("limit", limit, 1, REVISIONS_MOST);
        DeskQueries.Page<StaffNotice.Revision> page =
                queries.revisions(town.id(), notice.id(), Order.OLDEST_FIRST, cursor, most);
        NextPage next = NextPage.after(page, request);
        return next.answer(new Details.RevisionList(
                views.revisions(town, notice.exercise(), page.rows()), next.address(), next.cursor()));
    }

    @GetMapping("/revisions/{number}")
    @Operation(operationId = "getRevision", summary = "One revision", description = "With its renditions.")
    Details.Revision revision(Town town, Actor actor, @PathVariable String id, @PathVariable int number) {
        StaffNotice notice = notice(town, actor, id);
        return queries.revision(town.id(), notice.id(), number)
                .map(revision -> views.revision(town, notice.exercise(), revision))
                .orElseThrow(() -> new ApiRefusal(HttpStatus.NOT_FOUND, "api.no-revision", number));
    }

    @GetMapping("/exercise-report")
    @Operation(operationId = "getExerciseReport", summary = "How long an exercise took", description = """
                    From the beginning of writing to the release, and to the acceptances of each channel. Of anything but an exercise it is \
                    answered 404.""")
    Details.ExerciseTimes exerciseReport(Town town, Actor actor, @PathVariable String id) {
        StaffNotice notice = notice(town, actor, id);
        return queries.exerciseReport(town.id(), notice.id())
                .map(report -> views.exercise(town, report))
                .orElseThrow(() -> new ApiRefusal(HttpStatus.NOT_FOUND, "notice.not-an-exercise"));
    }

    private StaffNotice notice(Town town, Actor actor, String id) {
        actor.require(NoticeRights.READ);
        return queries.find(town.id(), Views.id(id))
                .orElseThrow(() -> new ApiRefusal(HttpStatus.NOT_FOUND, "notice.unknown"));
    }
}
