package fr.tambour.notice.studio;

import fr.tambour.media.Media;
import fr.tambour.media.Picture;
import fr.tambour.people.Actor;
import fr.tambour.ui.Refusal;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** Pictures of drafts: taken in for a town, shown to its staff. The public's are served elsewhere, once published. */
@Component
class DraftPictures {

    static final int PREVIEW_WIDTH = 640;

    private final Media media;

    DraftPictures(Media media) {
        this.media = media;
    }

    Picture add(Actor actor, MultipartFile file) {
        try (InputStream in = file.getInputStream()) {
            return media.add(
                    actor.town().value(), in, file.getOriginalFilename() == null ? "" : file.getOriginalFilename());
        } catch (IOException e) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.upload-broken");
        }
    }

    String src(String hash) {
        return "/studio/images/" + hash + "/" + PREVIEW_WIDTH;
    }
}
