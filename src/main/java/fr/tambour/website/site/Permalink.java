package fr.tambour.website.site;

import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublishedNotice;

/** The address of a notice, for good: the id names it, the slug makes it readable. */
final class Permalink {

    private Permalink() {}

    static String of(PublishedNotice notice) {
        return of(notice.id(), notice.slug());
    }

    static String of(NoticeId id, String slug) {
        return "/avis/" + id.ref() + "/" + slug;
    }
}
