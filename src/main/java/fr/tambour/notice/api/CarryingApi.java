package fr.tambour.notice.api;

import fr.tambour.notice.Content;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Interventions;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.Outreach;
import fr.tambour.notice.Outreach.Way;
import fr.tambour.notice.StaffNotice;
import fr.tambour.notice.api.Details.Reach;
import fr.tambour.notice.api.Details.Reach.Later;
import fr.tambour.notice.api.Details.Reach.ReachedChannel;
import fr.tambour.notice.api.Requests.Pause;
import fr.tambour.notice.api.Requests.Stop;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Few;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/notices/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(
        name = "Carrying",
        description =
                "Whom a notice would reach, and holding back or stopping what is on its way. How far it is, everybody can read: `/avis/{id}/bilan.json`.")
class CarryingApi {

    private final DeskQueries queries;
    private final Outreach outreach;
    private final Interventions interventions;
    private final Views views;
    private final Once once;
    private final Clock clock;

    CarryingApi(
            DeskQueries queries, Outreach outreach, Interventions interventions, Views views, Once once, Clock clock) {
        this.queries = queries;
        this.outreach = outreach;
        this.interventions = interventions;
        this.views = views;
        this.once = once;
        this.clock = clock;
    }

    @GetMapping("/reach")
    @Operation(operationId = "getReach", summary = "Whom it would reach", description = """
                    How many each of its channels would reach if it were released as it stands now. Fewer than ten are not counted out. Needs \
                    `notices:read`.""")
    Reach reach(Town town, Actor actor, @PathVariable String id) {
        actor.require(NoticeRights.READ);
        StaffNotice notice = notice(town, Views.id(id));
        Content content = notice.content();
        DraftView view = DraftView.of(town, notice, content, clock.instant());
        return new Reach(
                moment(town, view.release()),
                content.channels().stream()
                        .flatMap(
                                channel -> outreach.way(view, channel).stream().map(way -> reached(town, channel, way)))
                        .toList());
    }

    private static ReachedChannel reached(Town town, String channel, Way way) {
        return switch (way) {
            case Way.Shown() -> new ReachedChannel(channel, false, null, List.of(), null);
            case Way.Told told ->
                new ReachedChannel(
                        channel,
                        true,
                        counted(told.now()),
                        told.later().entrySet().stream()
                                .map(later -> new Later(moment(town, later.getKey()), counted(later.getValue())))
                                .toList(),
                        counted(told.tooLate()));
        };
    }

    private static @Nullable Long counted(long count) {
        return Few.isFew(count) ? null : count;
    }

    private static OffsetDateTime moment(Town town, Instant at) {
        return at.atZone(town.zone()).toOffsetDateTime();
    }

    @PostMapping(path = "/channels/{channel}/pause", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "pause", summary = "Hold it back", description = """
                    Nobody more is told over this channel until it is resumed; its end does not move. What takes a notice back is never held. Needs \
                    `notices:publish`, of an alert `notices:emergency` too.""")
    ResponseEntity<NoticeStanding> pause(
            Town town,
            Actor actor,
            HttpServletRequest request,
            @PathVariable String id,
            @PathVariable String channel,
            @RequestBody Pause body) {
        NoticeId notice = Views.id(id);
        return once.answer(actor, NoticeRights.PUBLISH, request, body, NoticeStanding.class, () -> {
            interventions.pause(actor, notice, channel, said(body.reason()));
            return ResponseEntity.ok(standing(town, actor, notice));
        });
    }

    @DeleteMapping("/channels/{channel}/pause")
    @Operation(operationId = "resume", summary = "Let it go on", description = """
                    Where it stood; nobody is left out. Needs `notices:publish`, of an alert `notices:emergency` too.""")
    NoticeStanding resume(
            Town town,
            Actor actor,
            @PathVariable String id,
            @PathVariable String channel,
            @Parameter(description = "For the journal.") @RequestParam(defaultValue = "") String reason) {
        NoticeId notice = Views.id(id);
        interventions.resume(actor, notice, channel, reason);
        return standing(town, actor, notice);
    }

    @PostMapping(path = "/channels/{channel}/stop", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "stop", summary = "Stop it for good", description = """
                    Whoever has not been told over this channel is not told by this revision any more; it stays on the site. A withdrawal still goes \
                    to whom it may have reached. Needs `notices:publish`, of an alert `notices:emergency` too.""")
    ResponseEntity<NoticeStanding> stop(
            Town town,
            Actor actor,
            HttpServletRequest request,
            @PathVariable String id,
            @PathVariable String channel,
            @RequestBody Stop body) {
        NoticeId notice = Views.id(id);
        return once.answer(actor, NoticeRights.PUBLISH, request, body, NoticeStanding.class, () -> {
            interventions.stop(actor, notice, channel, body.reason());
            return ResponseEntity.ok(standing(town, actor, notice));
        });
    }

    private NoticeStanding standing(Town town, Actor actor, NoticeId id) {
        return views.standing(town, actor, notice(town, id));
    }

    private StaffNotice notice(Town town, NoticeId id) {
        return queries.find(town.id(), id).orElseThrow(() -> new ApiRefusal(HttpStatus.NOT_FOUND, "notice.unknown"));
    }

    private static String said(@Nullable String text) {
        return text == null ? "" : text;
    }
}
