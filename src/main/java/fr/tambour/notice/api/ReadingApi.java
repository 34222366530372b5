package fr.tambour.notice.api;

import fr.tambour.notice.Checks;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Finding;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.StaffNotice;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/notices/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Details", description = "What is missing, what happened to it. All need `notices:read`.")
class ReadingApi {

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
            description = "Every step, who took it and why.")
    Details.History history(Town town, Actor actor, @PathVariable String id) {
        StaffNotice notice = notice(town, actor, id);
        return views.history(town, queries.history(town.id(), notice.id()));
    }

    @GetMapping("/revisions")
    @Operation(
            operationId = "listRevisions",
            summary = "Its revisions",
            description = "As they were submitted, oldest first.")
    Details.RevisionList revisions(Town town, Actor actor, @PathVariable String id) {
        StaffNotice notice = notice(town, actor, id);
        return views.revisions(town, queries.revisions(town.id(), notice.id()));
    }

    @GetMapping("/revisions/{number}")
    @Operation(operationId = "getRevision", summary = "One revision", description = "With its renditions.")
    Details.Revision revision(Town town, Actor actor, @PathVariable String id, @PathVariable int number) {
        StaffNotice notice = notice(town, actor, id);
        return queries.revision(town.id(), notice.id(), number)
                .map(revision -> views.revision(town, revision))
                .orElseThrow(() -> new ApiRefusal(HttpStatus.NOT_FOUND, "api.no-revision", number));
    }

    private StaffNotice notice(Town town, Actor actor, String id) {
        actor.require(NoticeRights.READ);
        return queries.find(town.id(), Views.id(id))
                .orElseThrow(() -> new ApiRefusal(HttpStatus.NOT_FOUND, "notice.unknown"));
    }
}
