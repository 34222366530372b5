package fr.tambour.website.site;

import fr.tambour.media.Media;
import fr.tambour.media.Picture;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.town.Town;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Published pictures, in all the sizes that {@link ImagesController} serves. */
@Component
class Shots {

    /** For feeds, cards of other sites and browsers without srcset. */
    static final int USUAL = 1200;

    private final Media media;

    Shots(Media media) {
        this.media = media;
    }

    Optional<Shot> of(Town town, PictureUse use, String language, String first) {
        return media.find(town.id().value(), use.hash()).map(picture -> shot(picture, use, language, first));
    }

    static String address(Picture picture, int width) {
        return "/images/" + picture.hash() + "/" + width + (picture.mediaType().equals("image/png") ? ".png" : ".jpg");
    }

    private static Shot shot(Picture picture, PictureUse use, String language, String first) {
        String alternative =
                use.alternatives().getOrDefault(language, use.alternatives().getOrDefault(first, ""));
        return new Shot(
                address(picture, nearest(picture)),
                Arrays.stream(widths(picture))
                        .mapToObj(width -> address(picture, width) + " " + Math.min(width, picture.width()) + "w")
                        .collect(Collectors.joining(", ")),
                picture.width(),
                picture.height(),
                use.decorative() ? "" : alternative,
                use.credit().isBlank() ? null : use.credit());
    }

    private static int nearest(Picture picture) {
        return Arrays.stream(widths(picture))
                .filter(width -> width >= USUAL)
                .findFirst()
                .orElse(largest(picture));
    }

    private static int largest(Picture picture) {
        int[] widths = widths(picture);
        return widths[widths.length - 1];
    }

    private static int[] widths(Picture picture) {
        return new int[] {400, 800, 1200, 1600};
    }
}
