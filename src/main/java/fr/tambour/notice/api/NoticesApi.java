package fr.tambour.notice.api;

import fr.tambour.notice.Content;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.StaffNotice;
import fr.tambour.notice.api.Requests.DraftChange;
import fr.tambour.notice.api.Requests.InternalNote;
import fr.tambour.notice.api.Requests.NoticeCreation;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/notices", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Notices", description = "Write, read and list notices.")
class NoticesApi {

    private static final int PAGE_MOST = 200;

    private final NoticeDesk desk;
    private final DeskQueries queries;
    private final ContentMapping contents;
    private final Views views;
    private final Once once;
    private final Conflicts conflicts;

    NoticesApi(
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

    @GetMapping
    @Operation(operationId = "listNotices", summary = "List notices", description = """
                    Last touched first. Follow `next` (or the Link header field) until it is absent. Pages do not shift when notices are added \
                    meanwhile; one that is touched between two pages moves to the front.""")
    ResponseEntity<NoticeList> list(
            Town town,
            Actor actor,
            HttpServletRequest request,
            @Parameter(description = "Of this kind only.", schema = @Schema(implementation = Vocabulary.Kind.class))
                    @RequestParam(required = false)
                    @Nullable
                    String kind,
            @Parameter(
                            description = "With the working draft in this state only.",
                            schema = @Schema(implementation = Vocabulary.DraftState.class))
                    @RequestParam(required = false)
                    @Nullable
                    String draftState,
            @Parameter(
                            description = "In this public state only.",
                            schema = @Schema(implementation = Vocabulary.PublicState.class))
                    @RequestParam(required = false)
                    @Nullable
                    String publicState,
            @Parameter(description = "Words in title, summary or body; accents and case do not matter.")
                    @RequestParam(defaultValue = "")
                    String q,
            @Parameter(
                            description = "How many on a page.",
                            schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
                    @RequestParam(defaultValue = "50")
                    String limit,
            @Parameter(description = "From the page before; opaque.") @RequestParam(required = false) @Nullable
                    String cursor,
            @Parameter(
                            description =
                                    "Exercises of alerts instead of real notices: without it, none of them is listed.",
                            schema = @Schema(type = "boolean", defaultValue = "false"))
                    @RequestParam(required = false)
                    @Nullable
                    String exercise) {
        actor.require(NoticeRights.READ);
        int most = Query.number("limit", limit, 1, PAGE_MOST);
        DeskQueries.Selection selection = new DeskQueries.Selection(
                domain(DraftState.class, Vocabulary.read(Vocabulary.DraftState.class, "draftState", draftState)),
                domain(PublicState.class, Vocabulary.read(Vocabulary.PublicState.class, "publicState", publicState)),
                domain(Kind.class, Vocabulary.read(Vocabulary.Kind.class, "kind", kind)),
                Query.flag("exercise", exercise),
                Query.text("q", q));
        DeskQueries.Page<DeskQueries.Row> page = queries.list(town.id(), selection, cursor, most);
        NextPage next = NextPage.after(page, request);
        return next.answer(new NoticeList(views.rows(town, page.rows()), next.address(), next.cursor()));
    }

    private static <E extends Enum<E>> @Nullable E domain(Class<E> type, @Nullable Enum<?> word) {
        return word == null ? null : Vocabulary.same(type, word);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "createNotice",
            summary = "Begin a notice",
            description = "Nothing is public yet. Needs `notices:write`.")
    @ApiResponse(responseCode = "201", description = "Begun; Location says where.")
    ResponseEntity<NoticeStanding> create(
            Town town, Actor actor, HttpServletRequest request, @RequestBody NoticeCreation body) {
        return once.answer(actor, NoticeRights.WRITE, request, body, NoticeStanding.class, () -> {
            Content content = contents.read(town, body.content(), "content");
            String note = Objects.requireNonNullElse(body.internalNote(), "");
            NoticeId id = (ContentMapping.exercise(body.content())
                            ? desk.createExercise(actor, content, note)
                            : desk.create(actor, content, note))
                    .id();
            return ResponseEntity.created(URI.create("/api/v1/notices/" + id.ref()))
                    .body(views.standing(town, actor, notice(town, id)));
        });
    }

    @GetMapping("/{id}")
    @Operation(
            operationId = "getNotice",
            summary = "Read a notice",
            description = "Draft and what is public. Needs `notices:read`.")
    NoticeView read(Town town, Actor actor, @PathVariable String id) {
        actor.require(NoticeRights.READ);
        return views.notice(town, actor, notice(town, Views.id(id)));
    }

    @GetMapping("/{id}/draft")
    @Operation(
            operationId = "getDraft",
            summary = "Read the working draft",
            description = "Its ETag is what `If-Match` wants when it is changed. Needs `notices:read`.")
    ResponseEntity<NoticeView.DraftVersion> draft(Town town, Actor actor, @PathVariable String id) {
        actor.require(NoticeRights.READ);
        StaffNotice notice = notice(town, Views.id(id));
        StaffNotice.Draft draft = draft(notice);
        return ResponseEntity.ok()
                .eTag(Versions.tag(draft.version()))
                .body(views.draft(town, notice.exercise(), draft));
    }

    @PutMapping(path = "/{id}/draft", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "changeDraft", summary = "Change the working draft", description = """
                    Replaces the whole content. Say which version the change started from, by `If-Match` (a stale one: 412) or by `version` (409); \
                    without either it is refused (428). Changing an approved draft voids the approval. Needs `notices:write`.""")
    ResponseEntity<NoticeStanding> change(
            Town town,
            Actor actor,
            @PathVariable String id,
            @Parameter(description = "ETag of the draft that the change started from.", example = "\"1\"")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @RequestBody DraftChange body) {
        actor.require(NoticeRights.WRITE);
        NoticeId notice = Views.id(id);
        String reason = body.reason() == null ? "" : body.reason();
        Content content = contents.read(
                town, body.content(), "content", queries.find(town.id(), notice).map(StaffNotice::content));
        return conflicts.told(town, notice, ifMatch, () -> {
            long version = Versions.asked(
                    ifMatch, body.version(), () -> draft(notice(town, notice)).version());
            ContentMapping.requireSame(body.content(), notice(town, notice).exercise());
            desk.save(actor, notice, version, content, reason);
            return Versions.tagged(views.standing(town, actor, notice(town, notice)));
        });
    }

    /** Answers nothing but problems: who asks for nothing else is served as well. */
    @DeleteMapping(
            path = "/{id}/draft",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    @Operation(
            operationId = "discardDraft",
            summary = "Throw the working draft away",
            description =
                    "A notice that was never published is gone with it. With `If-Match` only if nobody changed it meanwhile (412). "
                            + "Needs `notices:write`.")
    @ApiResponse(responseCode = "204", description = "Gone.")
    ResponseEntity<Void> discard(
            Town town,
            Actor actor,
            @PathVariable String id,
            @Parameter(description = "ETag of the draft that is to go.", example = "\"1\"")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch) {
        actor.require(NoticeRights.WRITE);
        NoticeId notice = Views.id(id);
        return conflicts.told(
                town,
                notice,
                ifMatch,
                () -> once.atOnce(() -> {
                    if (ifMatch != null) {
                        Versions.require(ifMatch, draft(notice(town, notice)).version());
                    }
                    desk.discard(actor, notice);
                    return ResponseEntity.noContent().build();
                }));
    }

    @PutMapping(path = "/{id}/note", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "changeNote",
            summary = "Change the internal note",
            description = "For colleagues; not part of what is approved. Needs `notices:write`.")
    NoticeStanding note(Town town, Actor actor, @PathVariable String id, @RequestBody InternalNote body) {
        NoticeId notice = Views.id(id);
        desk.note(actor, notice, body.text());
        return views.standing(town, actor, notice(town, notice));
    }

    private StaffNotice notice(Town town, NoticeId id) {
        return queries.find(town.id(), id).orElseThrow(() -> new ApiRefusal(HttpStatus.NOT_FOUND, "notice.unknown"));
    }

    private static StaffNotice.Draft draft(StaffNotice notice) {
        return notice.draft().orElseThrow(() -> new ApiRefusal(HttpStatus.NOT_FOUND, "api.no-draft"));
    }
}
