package fr.tambour.website.site;

import fr.tambour.media.Media;
import fr.tambour.media.StoredRendition;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.website.internal.PublishedPictures;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The pictures of published notices. Asked about again on every request, so that those of a withdrawn notice are gone at once; an unchanged one is
 * answered without its bytes. Other sites may show them: a feed reader does.
 */
@Controller
class ImagesController {

    private final Media media;
    private final PublishedPictures published;

    ImagesController(Media media, PublishedPictures published) {
        this.media = media;
        this.published = published;
    }

    @GetMapping("/images/{hash:[0-9A-Za-z_-]{1,128}}/{width:[0-9]{1,5}}.{extension:jpg|png}")
    ResponseEntity<Resource> image(
            @PathVariable String hash, @PathVariable int width, @PathVariable String extension, Town town) {
        switch (published.standing(town.id(), hash)) {
            case UNKNOWN -> throw new Refusal(HttpStatus.NOT_FOUND, "not-found");
            case GONE -> throw new Refusal(HttpStatus.GONE, "website.picture-gone");
            case SHOWN -> {
                // Below.
            }
        }
        StoredRendition rendition = media.rendition(town.id().value(), hash, width)
                .filter(found -> found.extension().equals(extension))
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(rendition.mediaType()))
                .contentLength(rendition.length())
                .cacheControl(CacheControl.noCache())
                .eTag("\"" + hash + "-" + width + "\"")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .body(new FileSystemResource(rendition.path()));
    }
}
