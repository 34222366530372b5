package fr.tambour.people.studio;

import fr.tambour.people.Membership;
import fr.tambour.people.People;
import fr.tambour.people.Person;
import fr.tambour.people.SignIns;
import fr.tambour.people.internal.Acting;
import fr.tambour.people.internal.SignIn;
import fr.tambour.people.internal.Waits;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.PagePanel;
import fr.tambour.ui.Panels;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Coming in, going out, and having come to the wrong house. */
@Controller
class SignInController {

    private static final int EMAIL_LENGTH = 254;

    private final SignIn signIn;
    private final SignIns signIns;
    private final People people;
    private final Towns towns;
    private final Words words;
    private final Panels panels;

    SignInController(SignIn signIn, SignIns signIns, People people, Towns towns, Words words, Panels panels) {
        this.signIn = signIn;
        this.signIns = signIns;
        this.people = people;
        this.towns = towns;
        this.words = words;
        this.panels = panels;
    }

    @GetMapping("/studio/connexion")
    ModelAndView ask(
            @RequestParam(name = "suite", defaultValue = "") String next,
            @RequestParam(name = "parti", required = false) @Nullable String left,
            Town town,
            Locale locale) {
        if (Acting.now().isPresent()) {
            return new ModelAndView("redirect:" + Return.to(next));
        }
        return page(new SignInPage("", Return.to(next), null, left != null, panels(town, locale)), HttpStatus.OK);
    }

    @PostMapping("/studio/connexion")
    ModelAndView signIn(
            Town town,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(name = "suite", defaultValue = "") String wanted,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        String next = Return.to(wanted);
        String shown = email.length() <= EMAIL_LENGTH ? email : "";
        return switch (signIn.attempt(town.id(), email, password, request)) {
            case SignIn.Result.Welcome welcome -> {
                signIns.begin(welcome.person().id(), request, response);
                yield new ModelAndView("redirect:" + next);
            }
            case SignIn.Result.Wrong wrong -> {
                String error = words.in(locale).get("error.people.sign-in-wrong");
                yield page(
                        new SignInPage(shown, next, error, false, panels(town, locale)),
                        HttpStatus.UNPROCESSABLE_CONTENT);
            }
            case SignIn.Result.TooSoon early -> {
                long seconds = Waits.seconds(early.delay());
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
                String error = words.in(locale).get("error.people.too-soon", seconds);
                yield page(
                        new SignInPage(shown, next, error, false, panels(town, locale)), HttpStatus.TOO_MANY_REQUESTS);
            }
        };
    }

    @PostMapping("/studio/deconnexion")
    String signOut(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        return "redirect:/studio/connexion?parti";
    }

    /** Signed in, but not working for this town. */
    @GetMapping("/studio/ailleurs")
    ModelAndView elsewhere(Town here) {
        return Acting.now()
                .map(acting -> elsewhere(here, acting.person()))
                .orElseGet(() -> new ModelAndView("redirect:/studio/connexion"));
    }

    private ModelAndView elsewhere(Town here, Person person) {
        List<Town> theirs = people.of(person.id()).stream()
                .map(Membership::town)
                .flatMap(id -> towns.byId(id).stream())
                .toList();
        ModelAndView page = new ModelAndView("people/studio/elsewhere");
        page.addObject("page", new ElsewherePage(person.name(), here.name(), theirs));
        page.setStatus(HttpStatus.FORBIDDEN);
        return page;
    }

    private List<PagePanel> panels(Town town, Locale locale) {
        return panels.of(new Scope(town.id().value(), locale, "/studio/connexion"), "sign-in", 0);
    }

    private static ModelAndView page(SignInPage page, HttpStatus status) {
        ModelAndView view = new ModelAndView("people/studio/signIn");
        view.addObject("page", page);
        view.setStatus(status);
        return view;
    }
}
