package fr.tambour.people.studio;

import fr.tambour.people.Person;
import fr.tambour.people.PersonId;
import fr.tambour.people.SignIns;
import fr.tambour.people.internal.Doors;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
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

/** Choosing a new password by an administrator's single-use link. */
@Controller
@RequestMapping("/studio/mot-de-passe/{secret}")
class NewPasswordController {

    private final Doors doors;
    private final SignIns signIns;
    private final Words words;

    NewPasswordController(Doors doors, SignIns signIns, Words words) {
        this.doors = doors;
        this.signIns = signIns;
        this.words = words;
    }

    @GetMapping
    ModelAndView show(Town town, @PathVariable String secret) {
        return page(town, secret, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping
    ModelAndView choose(
            Town town,
            @PathVariable String secret,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        try {
            PersonId person = doors.choosePassword(town, secret, password);
            signIns.begin(person, request, response);
            return new ModelAndView("redirect:/studio");
        } catch (Refusal refusal) {
            if (refusal.status() == HttpStatus.GONE) {
                throw refusal;
            }
            return page(town, secret, FormErrors.of(refusal, words.in(locale)), refusal.status());
        }
    }

    private ModelAndView page(Town town, String secret, FormErrors errors, HttpStatus status) {
        Person person = doors.whosePassword(town.id(), secret).orElseThrow(Doors::over);
        ModelAndView view = new ModelAndView("people/studio/newPassword");
        view.addObject(
                "page", new NewPasswordPage("/studio/mot-de-passe/" + secret, person.name(), person.email(), errors));
        view.setStatus(status);
        return view;
    }
}
