package fr.tambour.notice.studio;

import fr.tambour.notice.NoticeId;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;

/**
 * Who is at which notice of which town.
 *
 * @param words in the person's language
 */
record Here(Actor actor, Town town, NoticeId id, Words words) {

    String ref() {
        return id.ref();
    }

    String path() {
        return "/studio/avis/" + id.ref();
    }

    /** Where to go on from a form. */
    String back() {
        return "redirect:" + path();
    }
}
