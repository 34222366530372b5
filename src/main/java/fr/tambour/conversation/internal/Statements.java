package fr.tambour.conversation.internal;

import fr.tambour.conversation.internal.Answer.Step;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Ids;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Tells whoever wrote what was hidden why, and where to contest it (modelled on articles 17 and 20 of the Digital Services Act), and
 * what came of that: to them alone. In the caller's transaction.
 */
@Component
class Statements {

    private static final int TOKEN_BYTES = 32;

    private final Answers answers;
    private final Appeals appeals;
    private final Guard guard;
    private final Post post;
    private final Words words;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Statements(Answers answers, Appeals appeals, Guard guard, Post post, Words words, Ids ids, Clock clock) {
        this.answers = answers;
        this.appeals = appeals;
        this.guard = guard;
        this.post = post;
        this.words = words;
        this.ids = ids;
        this.clock = clock;
    }

    /** Whom nothing reaches is told nothing. */
    private boolean reaches(Town town, Message message) {
        return message.goneAt().isEmpty()
                && !message.author().id().isEmpty()
                && !guard.isBlocked(town.id(), message.author());
    }

    void removed(Town town, Message message, Message.Removal removal) {
        if (!reaches(town, message)) {
            return;
        }
        String language = Tongue.spoken(message, town);
        Words said = words.in(Locale.forLanguageTag(language));
        Appeal appeal = new Appeal(
                ids.next(),
                message.id(),
                language,
                removal,
                Appeal.until(removal.at(), town.zone()),
                Optional.empty(),
                Optional.empty());
        String token = token();
        appeals.add(town.id(), appeal, Fingerprint.of(token));
        String text = said.get(
                        "conversation.statement",
                        town.fullName(),
                        moment(message.writtenAt(), town.zone(), said),
                        why(removal, said))
                + "\n\n"
                + said.get("conversation.statement.decided");
        String leaving = text + "\n\n" + contest(town, appeal, token, said);
        tell(town, message, text, leaving, language, Answer.Kind.STATEMENT, removal.by());
    }

    private static String contest(Town town, Appeal appeal, String token, Words said) {
        return said.get(
                        "conversation.statement.contest",
                        said.fullDate(appeal.lastDay(town.zone())),
                        address(town, appeal.language(), token))
                + "\n\n"
                + said.get("conversation.decided.judge");
    }

    /**
     * One that did not arrive, once more; where it is contested is told anew, and until when.
     *
     * @throws Refusal 409 {@code conversation.appeal-over} where that was contested or decided meanwhile
     */
    void again(Town town, Message message, Answer statement) {
        // Each has its own, that was made right before it.
        Appeal told = appeals.of(town.id(), message.id()).stream()
                .filter(appeal -> appeal.id() < statement.id())
                .findFirst()
                .filter(Appeal::isUntouched)
                .orElseThrow(() -> new Refusal(HttpStatus.CONFLICT, "conversation.appeal-over"));
        String token = token();
        Instant until = Appeal.until(clock.instant(), town.zone());
        appeals.renew(town.id(), told.id(), Fingerprint.of(token), until);
        Appeal anew = appeals.find(town.id(), told.id()).orElseThrow();
        Words said = words.in(Locale.forLanguageTag(anew.language()));
        post.carry(town.id(), message, statement, statement.text() + "\n\n" + contest(town, anew, token, said));
    }

    private static String moment(Instant at, ZoneId zone, Words said) {
        return said.moment(at.atZone(zone));
    }

    /** « Contraire à la loi. Menace. » */
    static String why(Message.Removal removal, Words said) {
        String why = said.get(removal.why().key());
        return removal.words().isEmpty() ? why : said.get("conversation.removed.words", why, removal.words());
    }

    private String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String address(Town town, String language, String token) {
        return town.url((language.equals(town.language()) || !town.languages().contains(language) ? "" : "/" + language)
                + AppealDesk.PATH
                + token);
    }

    void decided(Town town, Message message, Appeal appeal, Appeal.Decision decision) {
        if (!reaches(town, message)) {
            return;
        }
        Words said = words.in(Locale.forLanguageTag(appeal.language()));
        String came = said.get(
                decision.granted() ? "conversation.decided.granted" : "conversation.decided.dismissed",
                town.fullName(),
                moment(message.writtenAt(), town.zone(), said));
        String text = decision.words().isEmpty() ? came : came + "\n\n" + decision.words();
        String more = decision.granted() ? text : text + "\n\n" + said.get("conversation.decided.judge");
        tell(town, message, more, more, appeal.language(), Answer.Kind.DECISION, decision.by());
    }

    /** @param leaving more than what is kept of it: nobody who reads it here can contest in its author's name */
    private void tell(
            Town town, Message message, String kept, String leaving, String language, Answer.Kind kind, PersonId by) {
        Step now = new Step(clock.instant(), by);
        Answer answer = Answer.written(ids.next(), message, kept, language, false, false, kind, now);
        answers.add(town.id(), answer);
        answers.send(town.id(), answer.id(), now);
        post.carry(town.id(), message, answers.find(town.id(), answer.id()).orElseThrow(), leaving);
    }
}
