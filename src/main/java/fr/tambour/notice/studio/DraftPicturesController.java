package fr.tambour.notice.studio;

import fr.tambour.media.Media;
import fr.tambour.media.StoredRendition;
import fr.tambour.notice.NoticeRights;
import fr.tambour.people.Actor;
import fr.tambour.ui.Refusal;
import java.time.Duration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Pictures for the staff, before anybody else may see them. */
@Controller
class DraftPicturesController {

    private final Media media;

    DraftPicturesController(Media media) {
        this.media = media;
    }

    /** The content never changes under its hash, but leaves the browser with the session. */
    @GetMapping("/studio/images/{hash}/{width}")
    ResponseEntity<FileSystemResource> picture(Actor actor, @PathVariable String hash, @PathVariable int width) {
        actor.require(NoticeRights.READ);
        StoredRendition picture = media.rendition(actor.town().value(), hash, width)
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "notice.unknown-picture"));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(picture.mediaType()))
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePrivate())
                .body(new FileSystemResource(picture.path()));
    }
}
