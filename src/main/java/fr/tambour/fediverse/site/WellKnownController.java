package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.Actor;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.notice.PublicNotices;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** By which other servers find the account: WebFinger (RFC 7033), host-meta (RFC 6415), NodeInfo 2.0 and 2.1. */
@RestController
class WellKnownController {

    private static final String SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/";
    private static final String ACCT = "acct:";
    private static final Duration KEPT = Duration.ofHours(1);

    private final Actors actors;
    private final PublicNotices notices;

    WellKnownController(Actors actors, PublicNotices notices) {
        this.actors = actors;
        this.notices = notices;
    }

    /** Who is called so, by handle or by address. */
    @GetMapping("/.well-known/webfinger")
    ResponseEntity<String> webfinger(@RequestParam(required = false) Optional<String> resource, Town town) {
        String asked = resource.filter(text -> !text.isBlank())
                .orElseThrow(() -> new Refusal(HttpStatus.BAD_REQUEST, "fediverse.resource-missing"));
        Actor actor = actors.all(town).stream()
                .filter(one -> isCalled(one, asked))
                .findFirst()
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
        ObjectNode found = JsonMapper.shared().createObjectNode();
        found.put("subject", ACCT + actor.handle());
        found.putArray("aliases").add(actor.uri().toString());
        var links = found.putArray("links");
        links.addObject()
                .put("rel", "self")
                .put("type", FediverseMedia.ACTIVITY)
                .put("href", actor.uri().toString());
        if (actor.kind() != Actor.Kind.INSTANCE) {
            links.addObject()
                    .put("rel", "http://webfinger.net/rel/profile-page")
                    .put("type", MediaType.TEXT_HTML_VALUE)
                    .put("href", actor.uri().toString());
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/jrd+json"))
                .header("Access-Control-Allow-Origin", "*")
                .cacheControl(CacheControl.maxAge(KEPT))
                .body(found.toString());
    }

    private static boolean isCalled(Actor actor, String asked) {
        String handle = asked.regionMatches(true, 0, ACCT, 0, ACCT.length()) ? asked.substring(ACCT.length()) : asked;
        String bare = handle.startsWith("@") ? handle.substring(1) : handle;
        return bare.equalsIgnoreCase(actor.handle())
                || bare.equalsIgnoreCase(actor.plainHandle())
                || asked.equals(actor.uri().toString());
    }

    @GetMapping("/.well-known/host-meta")
    ResponseEntity<String> hostMeta(Town town) {
        URI base = actors.of(town).base();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/xrd+xml"))
                .cacheControl(CacheControl.maxAge(KEPT))
                .body(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\">"
                                + "<Link rel=\"lrdd\" template=\"" + base
                                + "/.well-known/webfinger?resource={uri}\"/></XRD>\n");
    }

    @GetMapping("/.well-known/nodeinfo")
    ResponseEntity<String> nodeInfos(Town town) {
        URI base = actors.of(town).base();
        ObjectNode all = JsonMapper.shared().createObjectNode();
        var links = all.putArray("links");
        for (String version : new String[] {"2.1", "2.0"}) {
            links.addObject().put("rel", SCHEMA + version).put("href", base + "/nodeinfo/" + version);
        }
        return json(MediaType.APPLICATION_JSON_VALUE, all);
    }

    @GetMapping({"/nodeinfo/2.0", "/nodeinfo/2.1"})
    ResponseEntity<String> nodeInfo(HttpServletRequest request, Town town) {
        String version = request.getRequestURI().endsWith("2.0") ? "2.0" : "2.1";
        ObjectNode info = JsonMapper.shared().createObjectNode();
        info.put("version", version);
        info.putObject("software")
                .put("name", "tambour")
                .put(
                        "version",
                        Optional.ofNullable(getClass().getPackage().getImplementationVersion())
                                .orElse("0"));
        info.putArray("protocols").add("activitypub");
        ObjectNode services = info.putObject("services");
        services.putArray("inbound");
        services.putArray("outbound").add("rss2.0").add("atom1.0");
        info.put("openRegistrations", false);
        ObjectNode usage = info.putObject("usage");
        int accounts = 1
                + (int) actors.themes(town).stream()
                        .filter(actor -> actor.state() == Actor.State.ON)
                        .count();
        usage.putObject("users")
                .put("total", accounts)
                .put("activeHalfyear", accounts)
                .put("activeMonth", accounts);
        usage.put(
                "localPosts",
                notices.archiveMonths(town.id()).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum());
        info.putObject("metadata").put("nodeName", town.fullName());
        return json("application/json; profile=\"" + SCHEMA + version + "#\"", info);
    }

    private static ResponseEntity<String> json(String type, ObjectNode body) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .header("Access-Control-Allow-Origin", "*")
                .cacheControl(CacheControl.maxAge(KEPT))
                .body(body.toString());
    }
}
