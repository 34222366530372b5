package fr.tambour.dispatch.studio;

import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.StaffNotice;
import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.PagePanel;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import gg.jte.TemplateEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How far a notice is, on its page in the studio. */
@Component
class DiffusionPanel implements PagePanel.Provider {

    private final DeskQueries queries;
    private final Towns towns;
    private final People people;
    private final DiffusionBlock block;
    private final TemplateEngine templates;
    private final Words words;

    DiffusionPanel(
            DeskQueries queries,
            Towns towns,
            People people,
            DiffusionBlock block,
            TemplateEngine templates,
            Words words) {
        this.queries = queries;
        this.towns = towns;
        this.people = people;
        this.block = block;
        this.templates = templates;
        this.words = words;
    }

    @Override
    public List<PagePanel> panels(Scope scope, String page, long subject) {
        if (!page.equals("studio-notice")) {
            return List.of();
        }
        TownId id = new TownId(scope.townId());
        Optional<Actor> actor = people.signedIn(id);
        Optional<StaffNotice> notice = queries.find(id, new NoticeId(subject));
        if (actor.isEmpty() || notice.isEmpty()) {
            return List.of();
        }
        Town town = towns.get(id);
        Words said = words.in(scope.locale());
        DiffusionPage drawn = block.of(town, actor.get(), notice.get(), said);
        return drawn.ways().isEmpty()
                ? List.of()
                : List.of(new PagePanel(
                        10,
                        said.get("dispatch.studio.title"),
                        List.of(),
                        List.of(),
                        (frame, output) -> templates.render(
                                "dispatch/studio/diffusion.jte", Map.of("frame", frame, "page", drawn), output)));
    }
}
