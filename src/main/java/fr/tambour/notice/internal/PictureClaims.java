package fr.tambour.notice.internal;

import fr.tambour.media.Media;
import fr.tambour.notice.Content;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps pictures for as long as a draft or a revision shows them. */
@Component
class PictureClaims {

    private final Media media;

    PictureClaims(Media media) {
        this.media = media;
    }

    void draft(TownId town, NoticeId id, Content content) {
        claim(town, id, "draft", hashes(content));
    }

    void noDraft(TownId town, NoticeId id) {
        claim(town, id, "draft", List.of());
    }

    void revision(TownId town, NoticeId id, int number, Content content) {
        claim(town, id, Integer.toString(number), hashes(content));
    }

    private static List<String> hashes(Content content) {
        return content.pictures().stream().map(PictureUse::hash).toList();
    }

    private void claim(TownId town, NoticeId id, String part, List<String> hashes) {
        media.claim(town.value(), "notice/" + id.ref() + "/" + part, hashes);
    }
}
