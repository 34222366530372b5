package fr.tambour.conversation.site;

import fr.tambour.conversation.Reaction;
import fr.tambour.conversation.internal.Answer;
import fr.tambour.conversation.internal.Answers;
import fr.tambour.conversation.internal.Messages;
import fr.tambour.conversation.internal.Paces;
import fr.tambour.conversation.internal.Reactions;
import fr.tambour.notice.NoticeId;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.TownStyle;
import fr.tambour.town.Towns;
import fr.tambour.ui.Few;
import fr.tambour.ui.PagePanel;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import gg.jte.TemplateEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** On a notice's public page: what the town has made clear, and how many spoke of it; of what they said, nothing. */
@Component
class Clarifications implements PagePanel.Provider {

    private static final String PAGE = "notice";
    private static final int MOST = 10;

    private final Answers answers;
    private final Messages messages;
    private final Reactions reactions;
    private final Paces paces;
    private final Towns towns;
    private final TemplateEngine templates;
    private final Words words;
    private final TransactionTemplate reading;

    Clarifications(
            Answers answers,
            Messages messages,
            Reactions reactions,
            Paces paces,
            Towns towns,
            TemplateEngine templates,
            Words words,
            PlatformTransactionManager transactions) {
        this.answers = answers;
        this.messages = messages;
        this.reactions = reactions;
        this.paces = paces;
        this.towns = towns;
        this.templates = templates;
        this.words = words;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Override
    public List<PagePanel> panels(Scope scope, String page, long subject) {
        if (!page.equals(PAGE)) {
            return List.of();
        }
        Town town = towns.get(new TownId(scope.townId()));
        return Optional.ofNullable(
                        reading.execute(status -> panels(town, new NoticeId(subject), words.in(scope.locale()))))
                .orElseThrow();
    }

    private List<PagePanel> panels(Town town, NoticeId notice, Words said) {
        List<PagePanel> panels = new ArrayList<>();
        List<ClarificationsPage.Clarification> made = answers.clarifications(town.id(), notice, MOST).stream()
                .map(answer -> clarification(answer, town, said))
                .toList();
        if (!made.isEmpty()) {
            ClarificationsPage drawn = new ClarificationsPage(made);
            panels.add(new PagePanel(
                    20,
                    said.get(
                            town.profile().style() == TownStyle.VILLE
                                    ? "conversation.clarification.ville"
                                    : "conversation.clarification"),
                    List.of(),
                    List.of(),
                    (frame, output) ->
                            templates.render("conversation/site/clarifications.jte", Map.of("page", drawn), output)));
        }
        counts(town, notice, said).ifPresent(panels::add);
        return List.copyOf(panels);
    }

    private static ClarificationsPage.Clarification clarification(Answer answer, Town town, Words said) {
        return new ClarificationsPage.Clarification(
                "reponse-" + answer.id(),
                said.get(
                        "conversation.clarified",
                        said.moment(answer.sent().orElse(answer.written()).at().atZone(town.zone()))),
                answer.text().lines().filter(line -> !line.isBlank()).toList(),
                answer.language().equals(said.lang()) ? null : answer.language());
    }

    /**
     * How answers are taken in, where not as usual; and how many spoke of it, only where they are so many that none of them can be
     * found by their number.
     */
    private Optional<PagePanel> counts(Town town, NoticeId notice, Words said) {
        List<String> lines = new ArrayList<>();
        paces.of(town.id(), notice)
                .ifPresent(paced -> lines.add(said.get(
                        paced.pace().key() + ".public",
                        said.moment(paced.since().atZone(town.zone())))));
        int reposts = reactions.count(town.id(), notice, Reaction.Kind.REPOST);
        if (reposts >= Few.ENOUGH) {
            lines.add(said.get("conversation.public.reposts", reposts));
        }
        Messages.Spoken spoken = messages.publicOf(town.id(), notice);
        if (spoken.authors() >= Few.ENOUGH) {
            lines.add(said.get("conversation.public.replies", spoken.replies()));
        }
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new PagePanel(30, said.get("conversation.public"), lines, List.of()));
    }
}
