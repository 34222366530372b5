package fr.tambour.phone.site;

import fr.tambour.dispatch.Choices;
import fr.tambour.phone.internal.Subscriptions;
import fr.tambour.phone.internal.UsualChoices;
import fr.tambour.phone.site.Strangers.Act;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a phone asks for itself, as JSON; nothing is answered from memory. */
@Controller
@RequestMapping("/prevenir")
class PhonesController {

    private static final int RETRY_SECONDS = 60;
    private static final byte[] NOTHING = new byte[0];

    private final Subscriptions subscriptions;
    private final PhoneJson json;
    private final Strangers strangers;

    PhonesController(Subscriptions subscriptions, PhoneJson json, Strangers strangers) {
        this.subscriptions = subscriptions;
        this.json = json;
        this.strangers = strangers;
    }

    @PostMapping("/telephones")
    ResponseEntity<byte[]> subscribe(
            @RequestBody(required = false) byte[] body,
            Town town,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response) {
        JsonNode asked = read(body, town, request, response, Act.SUBSCRIBE);
        Subscriptions.State state = subscriptions.subscribe(
                town,
                json.told(asked),
                json.replaced(asked),
                json.choices(asked, town),
                UsualChoices.of(town, locale.toLanguageTag()));
        return answer(state.active() ? HttpStatus.OK : HttpStatus.ACCEPTED, PhoneJson.of(state));
    }

    @PostMapping("/telephones/confirmation")
    ResponseEntity<byte[]> confirm(
            @RequestBody(required = false) byte[] body,
            Town town,
            HttpServletRequest request,
            HttpServletResponse response) {
        JsonNode asked = read(body, town, request, response, Act.OTHER);
        subscriptions.confirm(town, json.text(asked, "endpoint"), json.text(asked, "token"));
        return answer(HttpStatus.OK, Map.of("state", "active"));
    }

    @PostMapping("/telephones/presence")
    ResponseEntity<byte[]> refresh(
            @RequestBody(required = false) byte[] body,
            Town town,
            HttpServletRequest request,
            HttpServletResponse response) {
        JsonNode asked = read(body, town, request, response, Act.OTHER);
        return answer(HttpStatus.OK, PhoneJson.of(subscriptions.refresh(town, json.told(asked))));
    }

    @PostMapping("/telephones/choix")
    ResponseEntity<byte[]> change(
            @RequestBody(required = false) byte[] body,
            Town town,
            HttpServletRequest request,
            HttpServletResponse response) {
        JsonNode asked = read(body, town, request, response, Act.OTHER);
        Choices choices = json.choices(asked, town);
        if (choices == null) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "phone.choices");
        }
        return answer(HttpStatus.OK, PhoneJson.of(subscriptions.change(town, json.told(asked), choices)));
    }

    @PostMapping("/telephones/fin")
    ResponseEntity<byte[]> end(
            @RequestBody(required = false) byte[] body,
            Town town,
            HttpServletRequest request,
            HttpServletResponse response) {
        subscriptions.end(town, json.told(read(body, town, request, response, Act.OTHER)));
        return answer(HttpStatus.OK, Map.of("state", "ended"));
    }

    @PostMapping("/codes")
    ResponseEntity<byte[]> code(
            @RequestBody(required = false) byte[] body,
            Town town,
            HttpServletRequest request,
            HttpServletResponse response) {
        JsonNode asked = read(body, town, request, response, Act.CODE);
        return answer(
                HttpStatus.CREATED,
                Map.of("code", subscriptions.code(town, json.told(asked)), "minutes", Subscriptions.CODE.toMinutes()));
    }

    @PostMapping("/codes/lecture")
    ResponseEntity<byte[]> carried(
            @RequestBody(required = false) byte[] body,
            Town town,
            HttpServletRequest request,
            HttpServletResponse response) {
        JsonNode asked = read(body, town, request, response, Act.CODE);
        return answer(
                HttpStatus.OK, Map.of("choices", PhoneJson.of(subscriptions.carried(town, json.text(asked, "code")))));
    }

    private JsonNode read(byte[] body, Town town, HttpServletRequest request, HttpServletResponse response, Act act) {
        try {
            strangers.admit(request, town, act);
        } catch (Refusal refusal) {
            if (refusal.status() == HttpStatus.TOO_MANY_REQUESTS) {
                response.setIntHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            }
            throw refusal;
        }
        return json.read(body == null ? NOTHING : body);
    }

    private static ResponseEntity<byte[]> answer(HttpStatus status, Map<String, Object> answer) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(JsonMapper.shared().writeValueAsBytes(answer));
    }
}
