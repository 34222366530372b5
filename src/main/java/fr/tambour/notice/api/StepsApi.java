package fr.tambour.notice.api;

import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeDesk.Release;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.WallTime;
import fr.tambour.notice.api.Requests.Approval;
import fr.tambour.notice.api.Requests.CancelledOccurrence;
import fr.tambour.notice.api.Requests.ChangeRequest;
import fr.tambour.notice.api.Requests.Prolongation;
import fr.tambour.notice.api.Requests.Schedule;
import fr.tambour.notice.api.Requests.Submission;
import fr.tambour.notice.api.Requests.Withdrawal;
import fr.tambour.people.Actor;
import fr.tambour.people.Right;
import fr.tambour.town.Town;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.LocalDate;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/notices/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(
        name = "Steps",
        description =
                "What moves a notice through its life. A step that is not possible where the notice stands is answered 409.")
class StepsApi {

    private final NoticeDesk desk;
    private final DeskQueries queries;
    private final ContentMapping contents;
    private final Views views;
    private final Once once;
    private final Conflicts conflicts;

    StepsApi(
            NoticeDesk desk,
            DeskQueries queries,
            ContentMapping contents,
            Views views,
            Once once,
            Conflicts conflicts) {
        this.desk = desk;
        this.queries = queries;
        this.contents = contents;
        this.views = views;
        this.once = once;
        this.conflicts = conflicts;
    }

    @PostMapping(path = "/submission", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "submit", summary = "Submit for approval", description = """
                    Freezes the draft, with all its renditions, as the next revision. Refused with `notice.incomplete` and its findings while \
                    something is missing. Needs `notices:write`.""")
    ResponseEntity<NoticeStanding> submit(
            Town town, Actor actor, HttpServletRequest request, @PathVariable String id, @RequestBody Submission body) {
        return step(town, actor, NoticeRights.WRITE, request, body, id, notice -> {
            desk.submit(actor, notice, body.version(), said(body.comment()));
        });
    }

    @DeleteMapping("/submission")
    @Operation(
            operationId = "takeBack",
            summary = "Take a submission back",
            description = "To work on it again. Needs `notices:write`.")
    NoticeStanding takeBack(
            Town town,
            Actor actor,
            @PathVariable String id,
            @Parameter(description = "Kept in the history.") @RequestParam(defaultValue = "") String comment) {
        NoticeId notice = Views.id(id);
        desk.takeBack(actor, notice, comment);
        return standing(town, actor, notice);
    }

    @PostMapping(path = "/change-request", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "askChanges",
            summary = "Ask for a change",
            description = "Back to its author, with a comment. Needs `notices:approve`.")
    ResponseEntity<NoticeStanding> askChanges(
            Town town,
            Actor actor,
            HttpServletRequest request,
            @PathVariable String id,
            @RequestBody ChangeRequest body) {
        return step(town, actor, NoticeRights.APPROVE, request, body, id, notice -> {
            desk.askChanges(actor, notice, body.revision(), body.comment());
        });
    }

    @PostMapping(path = "/approval", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "approve", summary = "Approve, and release", description = """
                    By the town's policy for this kind: under four eyes nobody who changed it since the last published revision may approve. Needs \
                    `notices:approve`; releasing needs `notices:publish` too.""")
    ResponseEntity<NoticeStanding> approve(
            Town town, Actor actor, HttpServletRequest request, @PathVariable String id, @RequestBody Approval body) {
        Release release = release(town, body.release());
        return step(town, actor, NoticeRights.APPROVE, request, body, id, notice -> {
            desk.approve(actor, notice, body.revision(), said(body.comment()), release);
        });
    }

    private Release release(Town town, Requests.@Nullable Release release) {
        if (release == null) {
            return new Release.AsWished();
        }
        return switch (release.when()) {
            case NOW -> new Release.Now();
            case AS_WISHED -> new Release.AsWished();
            case LATER -> new Release.Later();
            case AT -> {
                WallTime time = contents.time(town, release.time(), "release.time");
                if (time == null) {
                    throw ApiRefusal.ofField("api.missing-field", "release.time");
                }
                yield new Release.At(time);
            }
        };
    }

    @PostMapping(path = "/schedule", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "schedule",
            summary = "Schedule an approved notice",
            description = "It comes out by itself at that time. Needs `notices:publish`.")
    ResponseEntity<NoticeStanding> schedule(
            Town town, Actor actor, HttpServletRequest request, @PathVariable String id, @RequestBody Schedule body) {
        Release at = release(town, new Requests.Release(Vocabulary.When.AT, body.time()));
        return step(town, actor, NoticeRights.PUBLISH, request, body, id, notice -> desk.release(actor, notice, at));
    }

    @DeleteMapping("/schedule")
    @Operation(
            operationId = "unschedule",
            summary = "Take it off the schedule",
            description = "To be edited; its time is kept as a wish. Needs `notices:write`.")
    NoticeStanding unschedule(
            Town town,
            Actor actor,
            @PathVariable String id,
            @Parameter(description = "Kept in the history.") @RequestParam(defaultValue = "") String comment) {
        NoticeId notice = Views.id(id);
        desk.unschedule(actor, notice, comment);
        return standing(town, actor, notice);
    }

    @PostMapping("/publication")
    @Operation(
            operationId = "publish",
            summary = "Publish an approved notice now",
            description = "Also one that is scheduled for later. Needs `notices:publish`.")
    ResponseEntity<NoticeStanding> publish(
            Town town, Actor actor, HttpServletRequest request, @PathVariable String id) {
        return step(
                town,
                actor,
                NoticeRights.PUBLISH,
                request,
                null,
                id,
                notice -> desk.release(actor, notice, new Release.Now()));
    }

    @PostMapping("/correction")
    @Operation(operationId = "correct", summary = "Begin a correction", description = """
                    Opens a working draft with what is published, which stands until the correction is published. Change the draft, giving the \
                    public reason, and submit it. An emergency is corrected at once instead, see `correctEmergency`. Needs `notices:write`.""")
    @ApiResponse(responseCode = "201", description = "Begun; Location is the draft.")
    ResponseEntity<NoticeStanding> correct(
            Town town, Actor actor, HttpServletRequest request, @PathVariable String id) {
        NoticeId notice = Views.id(id);
        return once.answer(actor, NoticeRights.WRITE, request, null, NoticeStanding.class, () -> {
            desk.correct(actor, notice);
            return ResponseEntity.created(URI.create("/api/v1/notices/" + notice.ref() + "/draft"))
                    .body(standing(town, actor, notice));
        });
    }

    @PostMapping(path = "/withdrawal", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "withdraw", summary = "Withdraw what is published", description = """
                    Its page says that it was withdrawn, and why; it goes off every list. Needs `notices:withdraw`, for an emergency \
                    `notices:emergency`.""")
    ResponseEntity<NoticeStanding> withdraw(
            Town town, Actor actor, HttpServletRequest request, @PathVariable String id, @RequestBody Withdrawal body) {
        return step(
                town,
                actor,
                rightFor(town, id, NoticeRights.WITHDRAW),
                request,
                body,
                id,
                notice -> desk.withdraw(actor, notice, body.reason()));
    }

    @PostMapping(path = "/prolongation", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "prolong", summary = "Prolong what is published", description = """
                    Begins a correction with a later end, to be submitted like any other; an emergency's goes out at once. Also for what is already \
                    over. Needs `notices:write`, for an emergency `notices:emergency`.""")
    ResponseEntity<NoticeStanding> prolong(
            Town town,
            Actor actor,
            HttpServletRequest request,
            @PathVariable String id,
            @RequestBody Prolongation body) {
        WallTime until = Objects.requireNonNull(contents.time(town, body.until(), "until"));
        return step(
                town,
                actor,
                rightFor(town, id, NoticeRights.WRITE),
                request,
                body,
                id,
                notice -> desk.prolong(actor, notice, until, body.reason()));
    }

    @PostMapping(path = "/cancelled-occurrences", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "cancelOccurrence", summary = "Call one day of a repeated event off", description = """
                    Begins a correction in which the event does not take place on that day, to be submitted like any other. Needs `notices:write`.""")
    ResponseEntity<NoticeStanding> cancelOccurrence(
            Town town,
            Actor actor,
            HttpServletRequest request,
            @PathVariable String id,
            @RequestBody CancelledOccurrence body) {
        LocalDate day = contents.day(body.day(), "day");
        return step(
                town,
                actor,
                NoticeRights.WRITE,
                request,
                body,
                id,
                notice -> desk.cancelOccurrence(actor, notice, day, body.reason()));
    }

    /** What is an emergency's has its own right. */
    private Right rightFor(Town town, String ref, Right otherwise) {
        return queries.find(town.id(), Views.id(ref))
                .filter(notice -> notice.kind() == Kind.EMERGENCY)
                .map(emergency -> NoticeRights.EMERGENCY)
                .orElse(otherwise);
    }

    private ResponseEntity<NoticeStanding> step(
            Town town,
            Actor actor,
            Right right,
            HttpServletRequest request,
            @Nullable Object body,
            String ref,
            Consumer<NoticeId> step) {
        NoticeId id = Views.id(ref);
        return conflicts.told(
                town,
                id,
                () -> once.answer(actor, right, request, body, NoticeStanding.class, () -> {
                    step.accept(id);
                    return ResponseEntity.ok(standing(town, actor, id));
                }));
    }

    private NoticeStanding standing(Town town, Actor actor, NoticeId id) {
        return views.standing(
                town,
                actor,
                queries.find(town.id(), id).orElseThrow(() -> new ApiRefusal(HttpStatus.NOT_FOUND, "notice.unknown")));
    }

    private static String said(@Nullable String text) {
        return text == null ? "" : text;
    }
}
