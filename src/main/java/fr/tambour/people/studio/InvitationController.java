package fr.tambour.people.studio;

import fr.tambour.people.Person;
import fr.tambour.people.SignIns;
import fr.tambour.people.internal.Acting;
import fr.tambour.people.internal.Doors;
import fr.tambour.people.internal.SignIn;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Coming to work for a town by a single-use link. */
@Controller
@RequestMapping("/studio/invitation/{secret}")
class InvitationController {

    private final Doors doors;
    private final SignIn signIn;
    private final SignIns signIns;
    private final Words words;

    InvitationController(Doors doors, SignIn signIn, SignIns signIns, Words words) {
        this.doors = doors;
        this.signIn = signIn;
        this.signIns = signIns;
        this.words = words;
    }

    @GetMapping
    ModelAndView show(Town town, @PathVariable String secret) {
        return page(town, secret, "", FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping
    ModelAndView accept(
            Town town,
            @PathVariable String secret,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        Doors.Invited invited = invited(town, secret);
        try {
            Optional<Person> known = proven(town, invited, password, request, response);
            known.ifPresent(person -> doors.accept(town, secret, person));
            Person person = known.orElseGet(() -> doors.accept(town, secret, name, password, locale.getLanguage()));
            signIns.begin(person.id(), request, response);
            return new ModelAndView("redirect:/studio");
        } catch (Refusal refusal) {
            if (refusal.status() == HttpStatus.GONE) {
                throw refusal;
            }
            return page(town, secret, name, FormErrors.of(refusal, words.in(locale)), refusal.status());
        }
    }

    /** By the session they have, or by the password of the account they have; tried for everybody alike. */
    private Optional<Person> proven(
            Town town,
            Doors.Invited invited,
            String password,
            HttpServletRequest request,
            HttpServletResponse response) {
        return signedIn(invited)
                .or(() -> Proof.given(signIn.attempt(town.id(), invited.email(), password, request), response));
    }

    private ModelAndView page(Town town, String secret, String name, FormErrors errors, HttpStatus status) {
        Doors.Invited invited = invited(town, secret);
        ModelAndView view = new ModelAndView("people/studio/invitation");
        view.addObject(
                "page",
                new InvitationPage(
                        "/studio/invitation/" + secret,
                        town.fullName(),
                        invited,
                        signedIn(invited).isPresent(),
                        name,
                        errors));
        view.setStatus(status);
        return view;
    }

    private Doors.Invited invited(Town town, String secret) {
        return doors.invited(town.id(), secret).orElseThrow(Doors::over);
    }

    private static Optional<Person> signedIn(Doors.Invited invited) {
        return Acting.now().map(Acting::person).filter(person -> person.email().equals(invited.email()));
    }
}
