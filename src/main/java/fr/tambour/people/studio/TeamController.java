package fr.tambour.people.studio;

import fr.tambour.mail.Mail;
import fr.tambour.people.Actor;
import fr.tambour.people.Invitations;
import fr.tambour.people.Membership;
import fr.tambour.people.PeopleRights;
import fr.tambour.people.Person;
import fr.tambour.people.PersonId;
import fr.tambour.people.Role;
import fr.tambour.people.internal.Register;
import fr.tambour.town.Town;
import fr.tambour.ui.Initials;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Who works for the town: inviting, giving roles, removing. A link is on the page that made it and nowhere else. */
@Controller
@RequestMapping("/studio/equipe")
class TeamController {

    private final Register register;
    private final Invitations invitations;
    private final Mail mail;
    private final Words words;
    private final Clock clock;

    TeamController(Register register, Invitations invitations, Mail mail, Words words, Clock clock) {
        this.register = register;
        this.invitations = invitations;
        this.mail = mail;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView show(Actor actor, Town town, Locale locale) {
        actor.require(PeopleRights.MANAGE);
        return page(actor, town, locale, null, TeamPage.Form.EMPTY, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/invitations")
    ModelAndView invite(
            Actor actor,
            Town town,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(required = false) @Nullable Set<Role> roles,
            Locale locale) {
        actor.require(PeopleRights.MANAGE);
        Set<Role> chosen = roles == null ? Set.of() : roles;
        try {
            Invitations.Link link = invitations.invite(town.id(), email, chosen, actor.person());
            TeamPage.MadeLink made = send(town, link, "people.mail.invitation", actor.name(), locale);
            return page(actor, town, locale, made, TeamPage.Form.EMPTY, FormErrors.NONE, HttpStatus.OK);
        } catch (Refusal refusal) {
            FormErrors errors = FormErrors.of(refusal, words.in(locale));
            return page(actor, town, locale, null, new TeamPage.Form(email, chosen), errors, refusal.status());
        }
    }

    @PostMapping("/invitations/{id}/retrait")
    String takeBack(Actor actor, Town town, @PathVariable long id) {
        actor.require(PeopleRights.MANAGE);
        invitations.takeBack(town.id(), id, actor.person());
        return "redirect:/studio/equipe";
    }

    @PostMapping("/{id}/roles")
    String changeRoles(
            Actor actor, Town town, @PathVariable long id, @RequestParam(required = false) @Nullable Set<Role> roles) {
        actor.require(PeopleRights.MANAGE);
        register.changeRoles(town.id(), new PersonId(id), roles == null ? Set.of() : roles, actor.person());
        return "redirect:/studio/equipe";
    }

    @PostMapping("/{id}/mot-de-passe")
    ModelAndView resetPassword(Actor actor, Town town, @PathVariable long id, Locale locale) {
        actor.require(PeopleRights.MANAGE);
        Invitations.Link link = invitations.resetPassword(town.id(), new PersonId(id), actor.person());
        TeamPage.MadeLink made = send(town, link, "people.mail.password", actor.name(), locale);
        return page(actor, town, locale, made, TeamPage.Form.EMPTY, FormErrors.NONE, HttpStatus.OK);
    }

    @GetMapping("/{id}/retrait")
    ModelAndView askBeforeRemoval(Actor actor, Town town, @PathVariable long id, Locale locale) {
        actor.require(PeopleRights.MANAGE);
        Person person = register.membership(town.id(), new PersonId(id))
                .map(Membership::person)
                .orElseThrow(TeamController::unknown);
        register.keepAnAdministrator(town.id(), person.id());
        Words said = words.in(locale);
        return sure(new SurePage(
                said.get("people.remove", person.name()),
                said.get("people.remove.hint"),
                said.get("people.remove.sure"),
                "/studio/equipe/" + id + "/retrait",
                "/studio/equipe"));
    }

    @PostMapping("/{id}/retrait")
    String remove(Actor actor, Town town, @PathVariable long id) {
        actor.require(PeopleRights.MANAGE);
        register.remove(town.id(), new PersonId(id), actor.person());
        return "redirect:/studio/equipe";
    }

    @GetMapping("/{id}/effacement")
    ModelAndView askBeforeErasure(Actor actor, Town town, @PathVariable long id, Locale locale) {
        actor.require(PeopleRights.MANAGE);
        Person person = register.former(town.id()).stream()
                .map(Membership::person)
                .filter(former -> former.id().equals(new PersonId(id)))
                .findFirst()
                .orElseThrow(TeamController::unknown);
        Words said = words.in(locale);
        return sure(new SurePage(
                said.get("people.erase.whose", person.name()),
                said.get("people.erase.sure.text", person.name(), person.email()),
                said.get("people.erase.sure"),
                "/studio/equipe/" + id + "/effacement",
                "/studio/equipe"));
    }

    private static ModelAndView sure(SurePage page) {
        return new ModelAndView("people/studio/sure", "page", page);
    }

    private static Refusal unknown() {
        return new Refusal(HttpStatus.NOT_FOUND, "people.unknown");
    }

    @PostMapping("/{id}/effacement")
    String erase(Actor actor, Town town, @PathVariable long id) {
        actor.require(PeopleRights.MANAGE);
        register.erase(town.id(), new PersonId(id), actor.person());
        return "redirect:/studio/equipe";
    }

    private TeamPage.MadeLink send(Town town, Invitations.Link link, String key, String by, Locale locale) {
        Words said = words.in(locale);
        Words theirs = words.in(register.byEmail(link.email())
                .map(person -> Locale.forLanguageTag(person.language()))
                .orElse(town.locale()));
        String until = theirs.moment(link.expires().atZone(town.zone()));
        Mail.Outcome outcome = mail.send(new Mail.Message(
                link.email(),
                theirs.get(key + ".subject", town.fullName()),
                theirs.get(key + ".text", by, town.fullName(), link.address().toString(), until)));
        String mailed = switch (outcome) {
            case ACCEPTED -> said.get("people.link.mailed", link.email());
            case FAILED -> said.get("people.link.not-mailed", link.email());
            case NOT_CONFIGURED -> null;
        };
        return new TeamPage.MadeLink(
                said.get(key + ".made", link.email()),
                said.get("people.link.once", said.moment(link.expires().atZone(town.zone()), today(town))),
                link.address().toString(),
                mailed);
    }

    private ModelAndView page(
            Actor actor,
            Town town,
            Locale locale,
            TeamPage.@Nullable MadeLink link,
            TeamPage.Form form,
            FormErrors errors,
            HttpStatus status) {
        Words said = words.in(locale);
        List<TeamPage.Member> members = register.of(town.id()).stream()
                .map(member -> member(member, actor, town, said))
                .toList();
        List<TeamPage.Invited> invited = invitations.open(town.id()).stream()
                .map(open -> new TeamPage.Invited(
                        open.id(),
                        open.email(),
                        open.roles(),
                        register.nameOf(open.by()),
                        said.moment(open.expires().atZone(town.zone()), today(town))))
                .toList();
        ModelAndView view = new ModelAndView("people/studio/team");
        view.addObject(
                "page",
                new TeamPage(
                        members,
                        register.former(town.id()),
                        invited,
                        actor.person().value(),
                        link,
                        form,
                        errors));
        view.setStatus(status);
        return view;
    }

    private static TeamPage.Member member(Membership member, Actor actor, Town town, Words said) {
        Person person = member.person();
        return new TeamPage.Member(
                person.id().value(),
                person.name(),
                person.email(),
                Initials.of(person.name()),
                member.roles(),
                said.fullDate(LocalDate.ofInstant(member.since(), town.zone())),
                person.id().equals(actor.person()));
    }

    private LocalDate today(Town town) {
        return LocalDate.ofInstant(clock.instant(), town.zone());
    }
}
