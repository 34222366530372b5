package fr.tambour.people.studio;

import fr.tambour.people.Actor;
import fr.tambour.people.Person;
import fr.tambour.people.SignIns;
import fr.tambour.people.internal.Register;
import fr.tambour.people.internal.Sessions;
import fr.tambour.people.internal.SignIn;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One's own page: name, language, password, where one is signed in. */
@Controller
@RequestMapping("/studio/moi")
class MeController {

    private final Register register;
    private final Sessions sessions;
    private final SignIn signIn;
    private final SignIns signIns;
    private final Words words;
    private final Clock clock;

    MeController(Register register, Sessions sessions, SignIn signIn, SignIns signIns, Words words, Clock clock) {
        this.register = register;
        this.sessions = sessions;
        this.signIn = signIn;
        this.signIns = signIns;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView show(
            Actor actor,
            Town town,
            @RequestParam(name = "fait", required = false) @Nullable String done,
            HttpServletRequest request,
            Locale locale) {
        String key = done == null
                ? null
                : switch (done) {
                    case "profil" -> "people.me.saved";
                    case "mot-de-passe" -> "people.me.password-changed";
                    case "sessions" -> "people.me.signed-out-elsewhere";
                    default -> null;
                };
        String said = key == null ? null : words.in(locale).get(key);
        return page(actor, town, request, locale, said, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping
    ModelAndView changeProfile(
            Actor actor,
            Town town,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "fr") String language,
            HttpServletRequest request,
            Locale locale) {
        try {
            register.changeProfile(actor.person(), name, language);
            return new ModelAndView("redirect:/studio/moi?fait=profil");
        } catch (Refusal refusal) {
            return page(actor, town, request, locale, null, FormErrors.of(refusal, words.in(locale)), refusal.status());
        }
    }

    @PostMapping("/mot-de-passe")
    ModelAndView changePassword(
            Actor actor,
            Town town,
            @RequestParam(defaultValue = "") String current,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        try {
            Person person = register.get(actor.person());
            Proof.of(signIn.confirm(person, current, request), response);
            register.changePassword(town.id(), person.id(), register.encode(town, person, password));
            signIns.begin(person.id(), request, response);
            return new ModelAndView("redirect:/studio/moi?fait=mot-de-passe");
        } catch (Refusal refusal) {
            return page(actor, town, request, locale, null, FormErrors.of(refusal, words.in(locale)), refusal.status());
        }
    }

    @PostMapping("/sessions/fin")
    String signOutElsewhere(Actor actor, HttpServletRequest request) {
        sessions.endOthers(actor.person(), request.getSession().getId());
        return "redirect:/studio/moi?fait=sessions";
    }

    @GetMapping("/depart")
    ModelAndView askBeforeLeaving(Actor actor, Town town, Locale locale) {
        register.keepAnAdministrator(town.id(), actor.person());
        Words said = words.in(locale);
        return new ModelAndView(
                "people/studio/sure",
                "page",
                new SurePage(
                        said.get("people.leave"),
                        said.get("people.leave.text", town.fullName()),
                        said.get("people.leave.sure"),
                        "/studio/moi/depart",
                        "/studio/moi"));
    }

    @PostMapping("/depart")
    String leave(Actor actor, Town town) {
        register.remove(town.id(), actor.person(), actor.person());
        return "redirect:/studio";
    }

    private ModelAndView page(
            Actor actor,
            Town town,
            HttpServletRequest request,
            Locale locale,
            @Nullable String done,
            FormErrors errors,
            HttpStatus status) {
        Words said = words.in(locale);
        Person person = register.get(actor.person());
        String here = sessions.idMac(request.getSession().getId());
        LocalDate today = LocalDate.ofInstant(clock.instant(), town.zone());
        List<MePage.Session> places = sessions.of(person.id()).stream()
                .map(place -> new MePage.Session(
                        place.device(),
                        said.moment(place.since().atZone(town.zone()), today),
                        said.moment(place.seen().atZone(town.zone()), today),
                        place.idMac().equals(here)))
                .toList();
        ModelAndView view = new ModelAndView("people/studio/me");
        view.addObject(
                "page",
                new MePage(person.name(), person.email(), person.language(), town.fullName(), places, done, errors));
        view.setStatus(status);
        return view;
    }
}
