package fr.tambour.conversation.studio;

import fr.tambour.conversation.internal.ModerationDesk;
import fr.tambour.conversation.internal.Pace;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.Actor;
import fr.tambour.ui.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How answers to one notice are taken in. */
@Controller
class PaceController {

    static final String PATH = InboxController.PATH + "/rythme/";

    private final ModerationDesk desk;

    PaceController(ModerationDesk desk) {
        this.desk = desk;
    }

    @PostMapping(PATH + "{ref}")
    String change(Actor actor, @PathVariable String ref, @RequestParam Pace rythme) {
        NoticeId notice = NoticeId.ofRef(ref).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
        desk.pace(actor, notice, rythme);
        return "redirect:/studio/avis/" + notice.ref();
    }
}
