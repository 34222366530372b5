package fr.tambour.operations.internal;

import fr.tambour.town.TownId;
import fr.tambour.ui.Band;
import fr.tambour.ui.Phrase;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import java.util.List;
import org.springframework.stereotype.Component;

/** Says on every studio page that nothing goes out by itself, as long as that is so. */
@Component
class PauseBand implements Band.Provider {

    private final Resumption resumption;
    private final Words words;

    PauseBand(Resumption resumption, Words words) {
        this.resumption = resumption;
        this.words = words;
    }

    @Override
    public List<Band> bands(Scope scope) {
        if (!scope.studio()
                || scope.townId() == 0
                || resumption.pausedSince(new TownId(scope.townId())).isEmpty()) {
            return List.of();
        }
        Words here = words.in(scope.locale());
        return List.of(new Band(
                Band.Tone.WARN,
                Phrase.own(here.get("operations.band.heading")),
                Phrase.own(here.get("operations.band.text")),
                new Band.Action(here.get("operations.band.action"), "/studio/reprise"),
                10));
    }
}
