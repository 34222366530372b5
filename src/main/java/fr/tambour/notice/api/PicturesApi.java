package fr.tambour.notice.api;

import fr.tambour.media.Media;
import fr.tambour.notice.NoticeRights;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
@RequestMapping(path = "/api/v1/pictures", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Pictures", description = "Bring a picture before a notice uses it.")
class PicturesApi {

    private final Media media;
    private final Once once;

    PicturesApi(Media media, Once once) {
        this.media = media;
        this.once = once;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(operationId = "uploadPicture", summary = "Bring a picture", description = """
                    JPEG, PNG or WebP to 20 MB and 50 megapixels. It is turned upright and loses all metadata, place included. Kept by its content, so \
                    that sending it twice makes one; unless a notice uses it, it goes after seven days. Needs `notices:write`.""")
    @ApiResponse(responseCode = "201", description = "Kept; Location says where.")
    ResponseEntity<Details.Picture> upload(
            Town town,
            Actor actor,
            HttpServletRequest request,
            @Parameter(description = "The picture's bytes.") @RequestPart(value = "file", required = false) @Nullable
                    MultipartFile file)
            throws IOException {
        actor.require(NoticeRights.WRITE);
        if (file == null) {
            throw ApiRefusal.ofField("api.missing-field", "file");
        }
        // Reading a picture takes seconds: outside the transaction that keeps the answer. The same bytes make the same
        // picture, so that nothing is lost if it has to be read again.
        fr.tambour.media.Picture picture;
        try (InputStream bytes = file.getInputStream()) {
            picture = media.add(town.id().value(), bytes, String.valueOf(file.getOriginalFilename()));
        }
        return once.answer(
                actor,
                NoticeRights.WRITE,
                request,
                view(picture),
                Details.Picture.class,
                () -> ResponseEntity.created(URI.create("/api/v1/pictures/" + picture.hash()))
                        .body(view(picture)));
    }

    /** What is no picture, or was not read since nobody may bring it. */
    @PostMapping
    @Operation(hidden = true)
    void noPicture(Actor actor) throws HttpMediaTypeNotSupportedException {
        actor.require(NoticeRights.WRITE);
        throw new HttpMediaTypeNotSupportedException("A picture is sent as multipart/form-data");
    }

    @GetMapping("/{hash}")
    @Operation(
            operationId = "getPicture",
            summary = "What is known of a picture",
            description = "Its size and type. Needs `notices:read`.")
    Details.Picture read(Town town, Actor actor, @PathVariable String hash) {
        actor.require(NoticeRights.READ);
        return media.find(town.id().value(), hash)
                .map(PicturesApi::view)
                .orElseThrow(() -> new ApiRefusal(HttpStatus.NOT_FOUND, "api.no-picture"));
    }

    private static Details.Picture view(fr.tambour.media.Picture picture) {
        return new Details.Picture(picture.hash(), picture.width(), picture.height(), picture.mediaType());
    }
}
