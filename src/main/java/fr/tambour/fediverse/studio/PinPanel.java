package fr.tambour.fediverse.studio;

import fr.tambour.fediverse.FediverseRights;
import fr.tambour.fediverse.internal.Pins;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.people.People;
import fr.tambour.town.TownId;
import fr.tambour.ui.PagePanel;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import gg.jte.TemplateEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whether a notice stands first on the account, on its page in the studio. */
@Component
class PinPanel implements PagePanel.Provider {

    private static final int AFTER_DIFFUSION = 20;

    private final PublicNotices notices;
    private final Pins pins;
    private final People people;
    private final TemplateEngine templates;
    private final Words words;

    PinPanel(PublicNotices notices, Pins pins, People people, TemplateEngine templates, Words words) {
        this.notices = notices;
        this.pins = pins;
        this.people = people;
        this.templates = templates;
        this.words = words;
    }

    @Override
    public List<PagePanel> panels(Scope scope, String page, long subject) {
        if (!page.equals("studio-notice")) {
            return List.of();
        }
        TownId town = new TownId(scope.townId());
        Optional<PublishedNotice> notice = people.signedIn(town)
                .filter(actor -> actor.may(FediverseRights.SHARE))
                .flatMap(actor -> notices.find(town, new NoticeId(subject)))
                .filter(pins::canBePinned);
        return notice.map(found -> panel(town, found, scope)).map(List::of).orElse(List.of());
    }

    private PagePanel panel(TownId town, PublishedNotice notice, Scope scope) {
        List<PublishedNotice> pinned = pins.of(town);
        boolean is = pinned.stream().anyMatch(one -> one.id().equals(notice.id()));
        Words said = words.in(scope.locale());
        boolean full = !is && pinned.size() >= Pins.MOST;
        PinPage drawn = new PinPage(notice.id().ref(), is, !full);
        String line = full
                ? said.get("error.fediverse.pins-full", Pins.MOST)
                : said.get(is ? "fediverse.pin.is" : "fediverse.pin.text");
        return new PagePanel(
                AFTER_DIFFUSION,
                said.get("fediverse.pin.heading"),
                List.of(line),
                List.of(),
                (frame, output) ->
                        templates.render("fediverse/studio/pin.jte", Map.of("frame", frame, "page", drawn), output));
    }
}
