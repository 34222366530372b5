package fr.tambour.conversation.studio;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.ConversationRights;
import fr.tambour.conversation.internal.Answer;
import fr.tambour.conversation.internal.AnswerDesk;
import fr.tambour.conversation.internal.Answers;
import fr.tambour.conversation.internal.AppealDesk;
import fr.tambour.conversation.internal.ModerationDesk;
import fr.tambour.conversation.internal.RemovalReason;
import fr.tambour.conversation.studio.Messenger.Typed;
import fr.tambour.people.Actor;
import fr.tambour.people.PersonId;
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

/** One message: reading it, and all that may be done with it. What cannot be done is said on its page, with what was typed. */
@Controller
@RequestMapping(InboxController.PATH)
class MessageController {

    private static final String ONE = "/{id:[0-9]{1,19}}";
    /** Nobody has seen this version of anything. */
    private static final String UNSEEN = "-1";

    private static final String ANSWER = "/reponses/{answer:[0-9]{1,19}}";

    private final Messenger messenger;
    private final ModerationDesk desk;
    private final AnswerDesk answerDesk;
    private final AppealDesk appealDesk;
    private final Answers answers;
    private final Words words;
    private final TransactionTemplate reading;

    MessageController(
            Messenger messenger,
            ModerationDesk desk,
            AnswerDesk answerDesk,
            AppealDesk appealDesk,
            Answers answers,
            Words words,
            PlatformTransactionManager transactions) {
        this.messenger = messenger;
        this.desk = desk;
        this.answerDesk = answerDesk;
        this.appealDesk = appealDesk;
        this.answers = answers;
        this.words = words;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @GetMapping(ONE)
    ModelAndView show(
            Actor actor,
            Town town,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Long modele,
            Locale locale) {
        actor.require(ConversationRights.READ);
        MessagePage page = messenger.page(actor, town, id, modele, Typed.NOTHING, words.in(locale));
        if (page.unread()) {
            desk.read(actor, id, page.version());
        }
        return new ModelAndView("conversation/studio/message", "page", page);
    }

    private ModelAndView done(Actor actor, Town town, long id, Locale locale, Typed typed, String place, Runnable act) {
        Words said = words.in(locale);
        try {
            act.run();
        } catch (Refusal refusal) {
            if (refusal.status() == HttpStatus.NOT_FOUND || !actor.may(ConversationRights.READ)) {
                throw refusal;
            }
            String problem = said.get(refusal.key(), refusal.args());
            Typed told = typed.told(problem);
            ModelAndView view = new ModelAndView(
                    "conversation/studio/message", "page", messenger.page(actor, town, id, null, told, said));
            view.setStatus(refusal.status());
            return view;
        }
        return new ModelAndView("redirect:" + InboxController.PATH + "/" + id + place);
    }

    @PostMapping(ONE + "/attribution")
    ModelAndView assign(
            Actor actor,
            Town town,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Long personne,
            Locale locale) {
        PersonId to = personne == null ? null : new PersonId(personne);
        return done(actor, town, id, locale, Typed.NOTHING, "", () -> desk.assign(actor, id, to));
    }

    @PostMapping(ONE + "/traite")
    ModelAndView settle(
            Actor actor,
            Town town,
            @PathVariable long id,
            @RequestParam(defaultValue = UNSEEN) long vu,
            Locale locale) {
        return done(actor, town, id, locale, Typed.NOTHING, "", () -> desk.settle(actor, id, vu));
    }

    @PostMapping(ONE + "/reouverture")
    ModelAndView reopen(
            Actor actor,
            Town town,
            @PathVariable long id,
            @RequestParam(defaultValue = UNSEEN) long vu,
            Locale locale) {
        return done(actor, town, id, locale, Typed.NOTHING, "", () -> desk.reopen(actor, id, vu));
    }

    @PostMapping(ONE + "/masquage")
    ModelAndView hide(
            Actor actor,
            Town town,
            @PathVariable long id,
            @RequestParam(defaultValue = UNSEEN) long vu,
            @RequestParam RemovalReason raison,
            @RequestParam(defaultValue = "") String mots,
            Locale locale) {
        Typed typed = Typed.hiding(raison, mots);
        return done(actor, town, id, locale, typed, "", () -> desk.hide(actor, id, vu, raison, mots));
    }

    @PostMapping("/contestations/{appeal:[0-9]{1,19}}/decision")
    ModelAndView decide(
            Actor actor,
            Town town,
            @PathVariable long appeal,
            @RequestParam long message,
            @RequestParam boolean accord,
            @RequestParam(defaultValue = "") String mots,
            Locale locale) {
        actor.require(ConversationRights.READ);
        Typed typed = Typed.deciding(mots);
        return done(
                actor,
                town,
                message,
                locale,
                typed,
                "#contestation",
                () -> appealDesk.decide(actor, town, appeal, accord, mots));
    }

    @PostMapping(ONE + "/blocage")
    ModelAndView block(Actor actor, Town town, @PathVariable long id, @RequestParam Scope portee, Locale locale) {
        return done(actor, town, id, locale, Typed.NOTHING, "", () -> desk.block(actor, id, portee));
    }

    @PostMapping(ONE + "/signalement")
    ModelAndView report(
            Actor actor,
            Town town,
            @PathVariable long id,
            @RequestParam(defaultValue = UNSEEN) long vu,
            @RequestParam(defaultValue = "") String motif,
            Locale locale) {
        Typed typed = Typed.complaining(motif);
        return done(actor, town, id, locale, typed, "#signalements", () -> desk.report(actor, id, vu, motif));
    }

    @PostMapping(ONE + "/effacement")
    String erase(Actor actor, @PathVariable long id) {
        desk.erase(actor, id);
        return "redirect:" + InboxController.PATH;
    }

    @PostMapping(ONE + "/note")
    ModelAndView note(
            Actor actor,
            Town town,
            @PathVariable long id,
            @RequestParam(defaultValue = UNSEEN) long vu,
            @RequestParam(defaultValue = "") String note,
            Locale locale) {
        return done(actor, town, id, locale, Typed.noting(note), "#note", () -> desk.note(actor, id, vu, note));
    }

    @PostMapping(ONE + "/reponse")
    ModelAndView answer(
            Actor actor,
            Town town,
            @PathVariable long id,
            @RequestParam(defaultValue = UNSEEN) long vu,
            @RequestParam(defaultValue = "") String texte,
            @RequestParam(defaultValue = "") String langue,
            @RequestParam(defaultValue = "false") boolean precision,
            Locale locale) {
        AnswerDesk.Draft draft =
                new AnswerDesk.Draft(vu, texte, langue.isEmpty() ? town.language() : langue, precision);
        return done(
                actor,
                town,
                id,
                locale,
                Typed.answering(draft),
                "#reponses",
                () -> answerDesk.write(actor, town, id, draft));
    }

    private long message(Town town, long answer) {
        return Optional.ofNullable(reading.execute(status -> answers.find(town.id(), answer)))
                .flatMap(found -> found)
                .map(Answer::message)
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "conversation.unknown"));
    }

    private ModelAndView answered(Actor actor, Town town, long answer, Locale locale, Runnable act) {
        actor.require(ConversationRights.READ);
        return done(actor, town, message(town, answer), locale, Typed.NOTHING, "#reponses", act);
    }

    @PostMapping(ANSWER + "/envoi")
    ModelAndView release(
            Actor actor,
            Town town,
            @PathVariable long answer,
            @RequestParam(defaultValue = UNSEEN) long vu,
            Locale locale) {
        return answered(actor, town, answer, locale, () -> answerDesk.release(actor, town, answer, vu));
    }

    @PostMapping(ANSWER + "/renvoi")
    ModelAndView sendAgain(Actor actor, Town town, @PathVariable long answer, Locale locale) {
        return answered(actor, town, answer, locale, () -> answerDesk.sendAgain(actor, town, answer));
    }

    @PostMapping(ANSWER + "/abandon")
    ModelAndView discard(Actor actor, Town town, @PathVariable long answer, Locale locale) {
        return answered(actor, town, answer, locale, () -> answerDesk.discard(actor, town, answer));
    }

    @PostMapping(ANSWER + "/retrait")
    ModelAndView takeBack(Actor actor, Town town, @PathVariable long answer, Locale locale) {
        return answered(actor, town, answer, locale, () -> answerDesk.takeBack(actor, town, answer));
    }

    @PostMapping("/signalements/{report:[0-9]{1,19}}/traite")
    String settleReport(Actor actor, @PathVariable long report) {
        desk.settleReport(actor, report);
        return "redirect:" + InboxController.PATH;
    }
}
