package fr.tambour.notice.api;

import fr.tambour.notice.Content;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.StaffNotice;
import fr.tambour.notice.api.Requests.EmergencyCorrection;
import fr.tambour.people.Actor;
import fr.tambour.storage.Ids;
import fr.tambour.town.Town;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/emergencies", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(
        name = "Emergencies",
        description = "One authorised person releases an emergency in one step. To end it, withdraw the notice.")
class EmergenciesApi {

    private final NoticeDesk desk;
    private final DeskQueries queries;
    private final ContentMapping contents;
    private final Views views;
    private final Once once;
    private final Ids ids;
    private final Clock clock;

    EmergenciesApi(
            NoticeDesk desk,
            DeskQueries queries,
            ContentMapping contents,
            Views views,
            Once once,
            Ids ids,
            Clock clock) {
        this.clock = clock;
        this.desk = desk;
        this.queries = queries;
        this.contents = contents;
        this.views = views;
        this.once = once;
        this.ids = ids;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "releaseEmergency", summary = "Release an emergency", description = """
                    Written, approved and published at once. Only the instruction in the town's first language, the area and the severity are needed. \
                    Send an Idempotency-Key: an alert must not go out twice. With `emergency.exercise` it is an exercise, for those alone who agreed to exercises. \
                    Needs `notices:emergency`.""")
    @ApiResponse(responseCode = "201", description = "It is out; Location is the notice.")
    ResponseEntity<NoticeStanding> release(
            Town town, Actor actor, HttpServletRequest request, @RequestBody NoticeContent body) {
        return once.answer(actor, NoticeRights.EMERGENCY, request, body, NoticeStanding.class, () -> {
            NoticeId id = new NoticeId(ids.next());
            if (ContentMapping.exercise(body)) {
                desk.releaseExercise(actor, id, contents.read(town, body, ""), clock.instant());
            } else {
                desk.releaseEmergency(actor, id, contents.read(town, body, ""));
            }
            return ResponseEntity.created(URI.create("/api/v1/notices/" + id.ref()))
                    .body(standing(town, actor, id));
        });
    }

    @PostMapping(path = "/{id}/correction", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "correctEmergency",
            summary = "Correct a standing emergency",
            description = "Replaces its whole content at once, also to prolong it. Needs `notices:emergency`.")
    ResponseEntity<NoticeStanding> correct(
            Town town,
            Actor actor,
            HttpServletRequest request,
            @PathVariable String id,
            @RequestBody EmergencyCorrection body) {
        NoticeId notice = Views.id(id);
        return once.answer(actor, NoticeRights.EMERGENCY, request, body, NoticeStanding.class, () -> {
            ContentMapping.requireSame(body.content(), exercise(town, notice));
            Content content = contents.read(
                    town,
                    body.content(),
                    "content",
                    queries.find(town.id(), notice).map(StaffNotice::content));
            desk.correctEmergency(actor, notice, body.revision(), content, body.reason());
            return ResponseEntity.ok(standing(town, actor, notice));
        });
    }

    private boolean exercise(Town town, NoticeId id) {
        return queries.find(town.id(), id).filter(StaffNotice::exercise).isPresent();
    }

    private NoticeStanding standing(Town town, Actor actor, NoticeId id) {
        return views.standing(town, actor, queries.find(town.id(), id).orElseThrow());
    }
}
