package fr.tambour.feed.site;

import fr.tambour.feed.internal.Feeds;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** The feeds' addresses. A feed is always asked for anew, and answered 304 where nothing changed. */
@Controller
class FeedController {

    private final Feeds feeds;

    FeedController(Feeds feeds) {
        this.feeds = feeds;
    }

    @GetMapping("/flux")
    ModelAndView list(Town town, Locale locale) {
        return new ModelAndView("feed/site/feeds", "page", feeds.listed(town, language(town, locale)));
    }

    @GetMapping("/flux/avis.{format:rss|atom|json}")
    ResponseEntity<byte[]> all(Town town, Locale locale, @PathVariable String format) {
        return answer(feeds.all(town, language(town, locale), format(format)));
    }

    @GetMapping("/flux/nature/{kind}.{format:rss|atom|json}")
    ResponseEntity<byte[]> kind(Town town, Locale locale, @PathVariable String kind, @PathVariable String format) {
        return answer(feeds.ofKind(town, language(town, locale), kind, format(format)));
    }

    @GetMapping("/flux/thematiques/{slug}.{format:rss|atom|json|ics}")
    ResponseEntity<byte[]> theme(Town town, Locale locale, @PathVariable String slug, @PathVariable String format) {
        return answer(feeds.ofTheme(town, language(town, locale), slug, format(format)));
    }

    @GetMapping("/flux/quartiers/{slug}.{format:rss|atom|json|ics}")
    ResponseEntity<byte[]> district(Town town, Locale locale, @PathVariable String slug, @PathVariable String format) {
        return answer(feeds.ofDistrict(town, language(town, locale), slug, format(format)));
    }

    @GetMapping("/agenda.ics")
    ResponseEntity<byte[]> calendar(Town town, Locale locale) {
        return answer(feeds.all(town, language(town, locale), Feeds.Format.ICS));
    }

    @GetMapping("/avis/{ref}/{slug}.ics")
    ResponseEntity<byte[]> event(Town town, Locale locale, @PathVariable String ref, @PathVariable String slug) {
        String language = language(town, locale);
        String path = feeds.pathOfEvent(town, language, ref).orElseThrow(FeedController::unknown);
        return path.endsWith("/" + slug + ".ics")
                ? answer(feeds.ofEvent(town, language, ref))
                : ResponseEntity.status(HttpStatus.MOVED_PERMANENTLY)
                        .location(URI.create(path))
                        .build();
    }

    private static Refusal unknown() {
        return new Refusal(HttpStatus.NOT_FOUND, "feed.unknown");
    }

    private static Feeds.Format format(String name) {
        return Feeds.Format.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The town's own tag for the page's language. */
    private static String language(Town town, Locale locale) {
        return town.languages().stream()
                .filter(tag -> tag.equalsIgnoreCase(locale.toLanguageTag()))
                .findFirst()
                .orElse(town.language());
    }

    /** Without a date: a body also changes with the names of the town and its lists, and twice within one second. */
    private static ResponseEntity<byte[]> answer(Optional<Feeds.Rendered> rendered) {
        Feeds.Rendered feed = rendered.orElseThrow(FeedController::unknown);
        byte[] body = feed.text().getBytes(StandardCharsets.UTF_8);
        HttpHeaders headers = new HttpHeaders();
        headers.setETag('"' + DigestUtils.md5DigestAsHex(body) + '"');
        headers.setCacheControl(CacheControl.noCache().cachePublic());
        headers.setContentType(
                new MediaType(MediaType.parseMediaType(feed.format().mediaType()), StandardCharsets.UTF_8));
        headers.setAccessControlAllowOrigin("*");
        // Spring answers 304 to whoever names this tag.
        return ResponseEntity.ok().headers(headers).body(body);
    }
}
