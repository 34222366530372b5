package fr.tambour.website.site;

import fr.tambour.media.Media;
import fr.tambour.media.Picture;
import fr.tambour.notice.Content.Focus;
import fr.tambour.notice.Content.PictureUse;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Published pictures, in all the sizes that are stored and {@link ImagesController} serves. */
@Component
class Shots {

    /** Wide enough for feeds, cards of other sites and browsers without srcset. */
    private static final int USUAL = 1200;

    private final Media media;

    Shots(Media media) {
        this.media = media;
    }

    /** Those that are stored, each as it is used: the same picture has another alternative in another notice. */
    Map<PictureUse, Shot> of(Collection<PictureUse> uses, Reading reading) {
        Map<String, Picture> pictures = media.find(
                reading.town().id().value(), uses.stream().map(PictureUse::hash).toList());
        return uses.stream()
                .filter(use -> pictures.containsKey(use.hash()))
                .distinct()
                .collect(Collectors.toMap(
                        use -> use,
                        use -> shot(
                                Objects.requireNonNull(pictures.get(use.hash())),
                                use,
                                reading.language(),
                                reading.first())));
    }

    private static Shot shot(Picture picture, PictureUse use, String language, String first) {
        boolean own = use.alternatives().containsKey(language) || language.equals(first);
        String alternative = use.alternatives().getOrDefault(own ? language : first, "");
        int usual = picture.widths().stream()
                .filter(width -> width >= USUAL)
                .findFirst()
                .orElse(picture.width());
        return new Shot(
                address(picture, usual),
                picture.widths().stream()
                        .map(width -> address(picture, width) + " " + width + "w")
                        .collect(Collectors.joining(", ")),
                picture.width(),
                picture.height(),
                use.decorative() ? "" : alternative,
                own || use.decorative() ? null : first,
                use.credit().isBlank() ? null : use.credit(),
                look(use.focus()));
    }

    private static String look(Focus focus) {
        return focus == Focus.CENTRE
                ? "photo"
                : "photo photo--" + focus.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String address(Picture picture, int width) {
        return "/images/" + picture.hash() + "/" + width + "." + picture.extension();
    }
}
