package fr.tambour.fediverse.studio;

import fr.tambour.fediverse.FediverseRights;
import fr.tambour.fediverse.internal.QuoteDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.People;
import fr.tambour.town.TownId;
import fr.tambour.ui.PagePanel;
import fr.tambour.ui.Scope;
import fr.tambour.ui.SiteLink;
import fr.tambour.ui.Words;
import java.util.List;
import org.springframework.stereotype.Component;

/** How many quote a notice, on its page in the studio. */
@Component
class QuotesPanel implements PagePanel.Provider {

    private static final int AFTER_PINS = 21;

    private final QuoteDesk quotes;
    private final People people;
    private final Words words;

    QuotesPanel(QuoteDesk quotes, People people, Words words) {
        this.quotes = quotes;
        this.people = people;
        this.words = words;
    }

    @Override
    public List<PagePanel> panels(Scope scope, String page, long subject) {
        if (!page.equals("studio-notice")) {
            return List.of();
        }
        TownId town = new TownId(scope.townId());
        NoticeId notice = new NoticeId(subject);
        int count = people.signedIn(town)
                .filter(actor -> actor.may(FediverseRights.READ))
                .map(actor -> quotes.count(town, notice))
                .orElse(0);
        Words said = words.in(scope.locale());
        return count == 0
                ? List.of()
                : List.of(new PagePanel(
                        AFTER_PINS,
                        said.get("fediverse.quotes"),
                        List.of(said.get("fediverse.quotes.sum", count)),
                        List.of(new SiteLink(
                                SiteLink.Place.FOOT,
                                0,
                                said.get("fediverse.quotes.who"),
                                null,
                                QuotesController.of(notice.ref()),
                                null))));
    }
}
