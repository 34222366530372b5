package fr.tambour.conversation.studio;

import fr.tambour.conversation.ConversationRights;
import fr.tambour.conversation.Spread;
import fr.tambour.conversation.internal.Messages;
import fr.tambour.conversation.internal.Pace;
import fr.tambour.conversation.internal.Paces;
import fr.tambour.conversation.internal.Reactions;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.town.TownId;
import fr.tambour.ui.PagePanel;
import fr.tambour.ui.Scope;
import fr.tambour.ui.SiteLink;
import fr.tambour.ui.Words;
import gg.jte.TemplateEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** On a notice's page in the studio: how far it went, what is answered to it, and how that is taken in. */
@Component
class AnswersPanel implements PagePanel.Provider {

    private final People people;
    private final PublicNotices notices;
    private final Paces paces;
    private final Messages messages;
    private final Reactions reactions;
    private final TemplateEngine templates;
    private final Words words;
    private final TransactionTemplate reading;

    AnswersPanel(
            People people,
            PublicNotices notices,
            Paces paces,
            Messages messages,
            Reactions reactions,
            TemplateEngine templates,
            Words words,
            PlatformTransactionManager transactions) {
        this.people = people;
        this.notices = notices;
        this.paces = paces;
        this.messages = messages;
        this.reactions = reactions;
        this.templates = templates;
        this.words = words;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Override
    public List<PagePanel> panels(Scope scope, String page, long subject) {
        TownId town = new TownId(scope.townId());
        NoticeId notice = new NoticeId(subject);
        if (!page.equals("studio-notice")) {
            return List.of();
        }
        Optional<Actor> actor = people.signedIn(town).filter(someone -> someone.may(ConversationRights.READ));
        return actor.isEmpty()
                ? List.of()
                : Objects.requireNonNull(
                        reading.execute(status -> panels(actor.get(), town, notice, words.in(scope.locale()))));
    }

    private List<PagePanel> panels(Actor actor, TownId town, NoticeId notice, Words said) {
        if (notices.find(town, notice).filter(one -> !one.exercise()).isEmpty()) {
            return List.of();
        }
        Pace pace = paces.of(town, notice).map(Paces.Paced::pace).orElse(Pace.NORMAL);
        SiteLink all = new SiteLink(
                SiteLink.Place.FOOT,
                0,
                said.get("conversation.panel.all"),
                null,
                InboxController.PATH + "?etat=tous&avis=" + notice.ref(),
                null);
        boolean any = !messages.of(town, Optional.of(notice), null, 1, 0).isEmpty();
        List<String> lines = new ArrayList<>();
        lines.add(MessageLines.spread(reactions.spread(town, List.of(notice)).getOrDefault(notice, Spread.NONE), said));
        boolean may = actor.may(ConversationRights.MODERATE);
        if (!may) {
            lines.add(said.get(pace.key()));
        }
        PacePage drawn = new PacePage(
                Arrays.stream(Pace.values())
                        .map(one -> new MessagePage.Choice(one.name(), said.get(one.key()), one == pace))
                        .toList(),
                PaceController.PATH + notice.ref());
        return List.of(new PagePanel(
                40,
                said.get("conversation.panel"),
                lines,
                any ? List.of(all) : List.of(),
                may
                        ? (frame, output) -> templates.render(
                                "conversation/studio/pace.jte", Map.of("frame", frame, "page", drawn), output)
                        : null));
    }
}
