package fr.tambour.notice.api;

import fr.tambour.notice.Channels;
import fr.tambour.notice.Content;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.RenditionDeriver;
import fr.tambour.notice.StaffNotice;
import fr.tambour.notice.api.Requests.RenditionChange;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/notices/{id}/renditions", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(
        name = "Renditions",
        description = "The working draft as each channel will show it; derived until somebody edits it.")
class RenditionsApi {

    private final NoticeDesk desk;
    private final DeskQueries queries;
    private final Channels channels;
    private final ContentMapping contents;
    private final Views views;
    private final Conflicts conflicts;
    private final Clock clock;

    RenditionsApi(
            NoticeDesk desk,
            DeskQueries queries,
            Channels channels,
            ContentMapping contents,
            Views views,
            Conflicts conflicts,
            Clock clock) {
        this.desk = desk;
        this.queries = queries;
        this.channels = channels;
        this.contents = contents;
        this.views = views;
        this.conflicts = conflicts;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            operationId = "listRenditions",
            summary = "How channels would show it",
            description =
                    "For each chosen channel, in every complete language; by hand where it was edited. Needs `notices:read`.")
    Details.Renditions list(Town town, Actor actor, @PathVariable String id) {
        actor.require(NoticeRights.READ);
        StaffNotice notice = notice(town, Views.id(id));
        return new Details.Renditions(views.renditions(
                channels.of(DraftView.of(town, notice, draft(notice).content(), clock.instant()))));
    }

    @PutMapping(path = "/{channel}/{language}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "editRendition", summary = "Edit what one channel shows", description = """
                    Replaces all that was edited of this rendition: fields that are not sent are derived again. A change of the draft like any other: \
                    say which version it started from, by `If-Match` or `version`. Needs `notices:write`.""")
    ResponseEntity<NoticeStanding> edit(
            Town town,
            Actor actor,
            @PathVariable String id,
            @Parameter(description = "Its name, see `GET /api/v1/channels`.", example = "feed") @PathVariable
                    String channel,
            @Parameter(description = "BCP 47, one of the town's.", example = "fr") @PathVariable String language,
            @Parameter(description = "ETag of the draft that the change started from.", example = "\"1\"")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @RequestBody RenditionChange body) {
        actor.require(NoticeRights.WRITE);
        RenditionDeriver deriver = deriver(town, channel, language);
        SortedMap<String, String> fields = ContentMapping.fields(deriver, body.fields(), "fields");
        return save(town, actor, Views.id(id), ifMatch, body.version(), deriver, language, fields);
    }

    @DeleteMapping("/{channel}/{language}")
    @Operation(operationId = "resetRendition", summary = "Derive it again", description = """
                    Forgets what was edited of this rendition. Say which version of the draft it started from, by `If-Match` or `version`. Needs \
                    `notices:write`.""")
    ResponseEntity<NoticeStanding> reset(
            Town town,
            Actor actor,
            @PathVariable String id,
            @PathVariable String channel,
            @PathVariable String language,
            @Parameter(description = "ETag of the draft that the change started from.", example = "\"1\"")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Parameter(
                            description = "Instead of `If-Match`; a stale one is answered 409.",
                            schema = @Schema(type = "integer", format = "int64"))
                    @RequestParam(required = false)
                    @Nullable
                    String version) {
        actor.require(NoticeRights.WRITE);
        RenditionDeriver deriver = deriver(town, channel, language);
        Long from = version == null ? null : (long) Query.number("version", version, 1, Integer.MAX_VALUE);
        return save(town, actor, Views.id(id), ifMatch, from, deriver, language, new TreeMap<>());
    }

    private ResponseEntity<NoticeStanding> save(
            Town town,
            Actor actor,
            NoticeId id,
            @Nullable String ifMatch,
            @Nullable Long version,
            RenditionDeriver deriver,
            String language,
            SortedMap<String, String> fields) {
        return conflicts.told(town, id, ifMatch, () -> {
            StaffNotice.Draft draft = draft(notice(town, id));
            long from = Versions.asked(ifMatch, version, draft::version);
            Content content = draft.content().withEdited(deriver.channel(), language, fields);
            desk.save(actor, id, from, content, draft.reason());
            return Versions.tagged(views.standing(town, actor, notice(town, id)));
        });
    }

    private RenditionDeriver deriver(Town town, String channel, String language) {
        return contents.channel(channel)
                .filter(deriver -> town.languages().contains(language))
                .orElseThrow(() -> new ApiRefusal(HttpStatus.NOT_FOUND, "api.no-rendition"));
    }

    private StaffNotice notice(Town town, NoticeId id) {
        return queries.find(town.id(), id).orElseThrow(() -> new ApiRefusal(HttpStatus.NOT_FOUND, "notice.unknown"));
    }

    private static StaffNotice.Draft draft(StaffNotice notice) {
        return notice.draft().orElseThrow(() -> new ApiRefusal(HttpStatus.NOT_FOUND, "api.no-draft"));
    }
}
