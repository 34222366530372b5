package fr.tambour.desk.studio;

import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.NoticeRights;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The studio's home. */
@Controller
class StudioHomeController {

    private final HomeGroups groups;
    private final FirstSteps steps;
    private final DeskQueries notices;
    private final Words words;

    StudioHomeController(HomeGroups groups, FirstSteps steps, DeskQueries notices, Words words) {
        this.groups = groups;
        this.steps = steps;
        this.notices = notices;
        this.words = words;
    }

    @GetMapping("/studio")
    String home(Town town, Actor actor, Locale locale, Model model) {
        boolean empty = !notices.any(town.id());
        model.addAttribute(
                "page",
                new HomePage(
                        firstName(actor.name()),
                        actor.may(NoticeRights.EMERGENCY),
                        actor.may(NoticeRights.WRITE),
                        groups.of(town, words.in(locale)),
                        empty,
                        steps.open(new Scope(town.id().value(), locale, "/studio"))));
        return "desk/studio/home";
    }

    /** « Inès » of « Inès Vidal ». */
    private static String firstName(String name) {
        int space = name.indexOf(' ');
        return space < 0 ? name : name.substring(0, space);
    }
}
