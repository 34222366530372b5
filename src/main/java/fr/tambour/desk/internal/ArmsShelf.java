package fr.tambour.desk.internal;

import fr.tambour.media.Media;
import fr.tambour.media.Picture;
import fr.tambour.town.Profile.Arms;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** A town's arms among its pictures. */
@Component
public class ArmsShelf {

    private static final String CLAIMANT = "town/arms";

    private final Media media;

    ArmsShelf(Media media) {
        this.media = media;
    }

    /**
     * What the arms are after a form was sent.
     *
     * @param before what they were
     * @param file what was sent; null or empty if none was
     * @param remove whether they are to go
     * @throws Refusal what `media` says of a picture that will not do
     */
    public @Nullable Arms after(TownId town, @Nullable Arms before, @Nullable MultipartFile file, boolean remove) {
        if (file != null && !file.isEmpty()) {
            return take(town, file);
        }
        return remove ? null : before;
    }

    private Arms take(TownId town, MultipartFile file) {
        String name = file.getOriginalFilename();
        try (InputStream in = file.getInputStream()) {
            Picture picture = media.add(town.value(), in, name == null ? "" : name);
            return new Arms(picture.hash(), picture.mediaType());
        } catch (IOException e) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "desk.upload-broken");
        }
    }

    /** Keeps these and lets go of others, in the caller's transaction. */
    void claim(TownId town, @Nullable Arms arms) {
        media.claim(town.value(), CLAIMANT, arms == null ? List.of() : List.of(arms.hash()));
    }
}
