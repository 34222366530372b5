package fr.tambour.conversation.studio;

import fr.tambour.conversation.ConversationRights;
import fr.tambour.conversation.internal.Guard;
import fr.tambour.conversation.internal.Preferences;
import fr.tambour.conversation.internal.Preferences.Settings;
import fr.tambour.conversation.internal.PreferencesDesk;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Saved replies, who releases answers, which words are pointed out. */
@Controller
@RequestMapping(ConversationSettingsController.PATH)
class ConversationSettingsController {

    static final String PATH = InboxController.PATH + "/reglages";

    private final Preferences preferences;
    private final PreferencesDesk desk;
    private final Guard guard;
    private final Words words;
    private final TransactionTemplate reading;

    ConversationSettingsController(
            Preferences preferences,
            PreferencesDesk desk,
            Guard guard,
            Words words,
            PlatformTransactionManager transactions) {
        this.preferences = preferences;
        this.desk = desk;
        this.guard = guard;
        this.words = words;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @GetMapping
    ModelAndView show(Actor actor, Town town, Locale locale) {
        actor.require(ConversationRights.READ);
        return new ModelAndView(
                "conversation/studio/settings",
                "page",
                page(actor, town, words.in(locale), null, SettingsPage.Reply.NEW));
    }

    private SettingsPage page(Actor actor, Town town, Words said, @Nullable String problem, SettingsPage.Reply typed) {
        return Optional.ofNullable(reading.execute(status -> laidOut(actor, town, said, problem, typed)))
                .orElseThrow();
    }

    private SettingsPage laidOut(
            Actor actor, Town town, Words said, @Nullable String problem, SettingsPage.Reply typed) {
        Settings settings = preferences.of(town.id());
        return new SettingsPage(
                problem,
                actor.may(ConversationRights.SETTINGS),
                actor.may(ConversationRights.ANSWER),
                actor.may(ConversationRights.MODERATE),
                settings.secondPerson(),
                String.join("\n", settings.insults()),
                preferences.replies(town.id()).stream()
                        .map(reply -> new SettingsPage.Reply(Long.toString(reply.id()), reply.title(), reply.text()))
                        .toList(),
                typed,
                guard.blocks(town.id()));
    }

    private ModelAndView done(Actor actor, Town town, Locale locale, SettingsPage.Reply typed, Runnable act) {
        try {
            act.run();
        } catch (Refusal refusal) {
            if (refusal.status() != HttpStatus.UNPROCESSABLE_CONTENT) {
                throw refusal;
            }
            Words said = words.in(locale);
            ModelAndView view = new ModelAndView(
                    "conversation/studio/settings",
                    "page",
                    page(actor, town, said, said.get(refusal.key(), refusal.args()), typed));
            view.setStatus(refusal.status());
            return view;
        }
        return new ModelAndView("redirect:" + PATH);
    }

    @PostMapping
    ModelAndView change(
            Actor actor,
            Town town,
            @RequestParam(defaultValue = "false") boolean deux,
            @RequestParam(defaultValue = "") String mots,
            Locale locale) {
        return done(actor, town, locale, SettingsPage.Reply.NEW, () -> desk.change(actor, deux, mots));
    }

    @PostMapping("/reponses")
    ModelAndView put(
            Actor actor,
            Town town,
            @RequestParam(required = false) @Nullable Long id,
            @RequestParam(defaultValue = "") String titre,
            @RequestParam(defaultValue = "") String texte,
            Locale locale) {
        SettingsPage.Reply typed = id == null ? new SettingsPage.Reply("", titre, texte) : SettingsPage.Reply.NEW;
        return done(actor, town, locale, typed, () -> desk.put(actor, id, titre, texte));
    }

    @PostMapping("/reponses/{id:[0-9]{1,19}}/retrait")
    ModelAndView remove(Actor actor, Town town, @PathVariable long id, Locale locale) {
        return done(actor, town, locale, SettingsPage.Reply.NEW, () -> desk.remove(actor, id));
    }
}
