package fr.tambour.town.site;

import fr.tambour.media.Media;
import fr.tambour.media.StoredRendition;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** A town's own look: its colour roles as a stylesheet, its arms. */
@Controller
class TownLookController {

    private static final MediaType CSS = MediaType.parseMediaType("text/css;charset=UTF-8");

    /** Wide enough for a masthead on any screen. */
    private static final int ARMS_WIDTH = 320;

    private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");

    private final Media media;
    private final Portraits portraits;

    TownLookController(Media media, Portraits portraits) {
        this.media = media;
        this.portraits = portraits;
    }

    @GetMapping("/ville/{version:[0-9]{1,18}}.css")
    ResponseEntity<String> colours(@PathVariable long version, Town town) {
        return ResponseEntity.ok()
                .cacheControl(caching(version, town))
                .contentType(CSS)
                .body(ColourSheet.of(town));
    }

    @GetMapping("/ville/armes.svg")
    ResponseEntity<String> shield(@RequestParam(name = "v", defaultValue = "0") long version, Town town) {
        return ResponseEntity.ok()
                .cacheControl(caching(version, town))
                .contentType(SVG)
                .body(Shield.of(town));
    }

    @GetMapping("/ville/armes.{extension:png|jpg}")
    ResponseEntity<Resource> arms(@RequestParam(name = "v", defaultValue = "0") long version, Town town) {
        StoredRendition rendition = Optional.ofNullable(town.profile().arms())
                .flatMap(arms -> media.rendition(town.id().value(), arms.hash(), ARMS_WIDTH))
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "town.no-arms"));
        return ResponseEntity.ok()
                .cacheControl(caching(version, town))
                .contentType(MediaType.parseMediaType(rendition.mediaType()))
                .body(new FileSystemResource(rendition.path()));
    }

    @GetMapping("/ville/portrait.png")
    ResponseEntity<byte[]> portrait(@RequestParam(name = "v", defaultValue = "0") long version, Town town) {
        return png(
                portraits.portrait(town).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "town.no-arms")),
                version,
                town);
    }

    @GetMapping("/ville/banniere.png")
    ResponseEntity<byte[]> banner(@RequestParam(name = "v", defaultValue = "0") long version, Town town) {
        return png(portraits.banner(town), version, town);
    }

    private static ResponseEntity<byte[]> png(byte[] picture, long version, Town town) {
        return ResponseEntity.ok()
                .cacheControl(caching(version, town))
                .contentType(MediaType.IMAGE_PNG)
                .body(picture);
    }

    /** What an address with the current version says will never change; an older one is asked again. */
    private static CacheControl caching(long version, Town town) {
        return version == town.version()
                ? CacheControl.maxAge(365, TimeUnit.DAYS).cachePublic().immutable()
                : CacheControl.noCache();
    }
}
