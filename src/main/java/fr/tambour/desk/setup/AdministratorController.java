package fr.tambour.desk.setup;

import fr.tambour.desk.internal.Founding;
import fr.tambour.desk.internal.Problems;
import fr.tambour.desk.internal.SetupDrafts;
import fr.tambour.desk.internal.SetupStage;
import fr.tambour.people.Person;
import fr.tambour.people.SignIns;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Last step: the first administrator. It is the last, so that a password never waits in a draft: with it everything is
 * made in one transaction, and the administrator is signed in.
 */
@Controller
@RequestMapping("/mise-en-place/{token}/administrateur")
class AdministratorController {

    private final SetupDrafts drafts;
    private final Founding founding;
    private final SignIns signIns;

    AdministratorController(SetupDrafts drafts, Founding founding, SignIns signIns) {
        this.drafts = drafts;
        this.founding = founding;
        this.signIns = signIns;
    }

    @GetMapping
    ModelAndView show(@PathVariable String token) {
        return page(token, "", "", new Problems());
    }

    @PostMapping
    ModelAndView finish(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        Person administrator;
        try {
            administrator = founding.found(token, name, email, password, locale.getLanguage());
        } catch (Refusal refusal) {
            if (refusal.status() == HttpStatus.GONE) {
                throw refusal;
            }
            Problems problems = new Problems();
            problems.add(field(refusal.code()), refusal);
            ModelAndView again = page(token, name, email, problems);
            again.setStatus(refusal.status());
            return again;
        }
        signIns.begin(administrator.id(), request, response);
        return new ModelAndView("redirect:/studio");
    }

    private static String field(String code) {
        if (code.startsWith("people.password")) {
            return "password";
        }
        return switch (code) {
            case "people.email-invalid", "people.email-known" -> "email";
            case "people.name-missing", "text.too-long" -> "name";
            default -> "form";
        };
    }

    private ModelAndView page(String token, String name, String email, Problems problems) {
        SetupFrame frame = SetupFrame.of(token, SetupStage.ADMINISTRATOR, drafts.current());
        return new ModelAndView(
                "desk/setup/administrator", "page", new AdministratorPage(frame, name, email, problems));
    }
}
