package fr.tambour.people.studio;

import fr.tambour.people.Actor;
import fr.tambour.people.Right;
import fr.tambour.people.Tokens;
import fr.tambour.people.internal.Rights;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

/** One's own tokens for programs. */
@Controller
@RequestMapping("/studio/jetons")
class TokensController {

    private static final List<Integer> DAYS = List.of(30, 90, 365, 730);
    private static final TokensPage.Form EMPTY = new TokensPage.Form("", Set.of(), 90);

    private final Tokens tokens;
    private final Rights rights;
    private final Words words;
    private final Clock clock;

    TokensController(Tokens tokens, Rights rights, Words words, Clock clock) {
        this.tokens = tokens;
        this.rights = rights;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView show(Actor actor, Town town, Locale locale) {
        return page(actor, town, locale, EMPTY, null, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping
    ModelAndView create(
            Actor actor,
            Town town,
            @RequestParam(defaultValue = "") String label,
            @RequestParam(name = "rights", required = false) @Nullable Set<String> chosen,
            @RequestParam(defaultValue = "90") int days,
            Locale locale) {
        Set<String> given = chosen == null ? Set.of() : chosen;
        try {
            Instant expires = clock.instant().plus(days, ChronoUnit.DAYS);
            Tokens.Created created = tokens.create(actor.person(), town.id(), label, given, expires);
            return page(actor, town, locale, EMPTY, created.secret(), FormErrors.NONE, HttpStatus.OK);
        } catch (Refusal refusal) {
            TokensPage.Form form = new TokensPage.Form(label, given, days);
            FormErrors errors = FormErrors.of(refusal, words.in(locale));
            return page(actor, town, locale, form, null, errors, refusal.status());
        }
    }

    @PostMapping("/{id}/retrait")
    String revoke(Actor actor, Town town, @PathVariable long id) {
        tokens.revoke(town.id(), actor.person(), id);
        return "redirect:/studio/jetons";
    }

    private ModelAndView page(
            Actor actor,
            Town town,
            Locale locale,
            TokensPage.Form form,
            @Nullable String made,
            FormErrors errors,
            HttpStatus status) {
        Words said = words.in(locale);
        List<TokensPage.Choice> choices = rights.all().stream()
                .filter(actor::may)
                .map(right -> new TokensPage.Choice(right.name(), named(right, said)))
                .toList();
        List<TokensPage.Line> lines = tokens.of(town.id(), actor.person()).stream()
                .map(token -> line(token, town, said))
                .toList();
        ModelAndView view = new ModelAndView("people/studio/tokens");
        view.addObject("page", new TokensPage(lines, choices, DAYS, form, made, errors));
        view.setStatus(status);
        return view;
    }

    private TokensPage.Line line(Tokens.Token token, Town town, Words said) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), town.zone());
        List<String> names = rights.all().stream()
                .filter(right -> token.rights().contains(right.name()))
                .map(right -> named(right, said))
                .toList();
        return new TokensPage.Line(
                token.id(),
                token.label(),
                names,
                said.date(LocalDate.ofInstant(token.created(), town.zone()), today),
                said.fullDate(LocalDate.ofInstant(token.expires(), town.zone())),
                Optional.ofNullable(token.lastUsed())
                        .map(day -> said.date(day, today))
                        .orElse(null));
    }

    /** Its words; the bare name where its module has none. */
    private static String named(Right right, Words said) {
        return said.has(right.key()) ? said.get(right.key()) : right.name();
    }
}
