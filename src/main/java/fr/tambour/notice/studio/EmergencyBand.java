package fr.tambour.notice.studio;

import fr.tambour.notice.PublicNotices;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Band;
import fr.tambour.ui.Phrase;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** An alert that stands is above every staff page, with the way to take it back. */
@Component
class EmergencyBand implements Band.Provider {

    private static final String CANCEL = "/studio/urgence/annulation/";

    private final PublicNotices notices;
    private final Towns towns;
    private final Words words;
    private final Clock clock;

    EmergencyBand(PublicNotices notices, Towns towns, Words words, Clock clock) {
        this.notices = notices;
        this.towns = towns;
        this.words = words;
        this.clock = clock;
    }

    @Override
    public List<Band> bands(Scope scope) {
        if (scope.townId() == 0
                || !scope.path().startsWith("/studio")
                || scope.path().startsWith(CANCEL)) {
            return List.of();
        }
        Words said = words.in(scope.locale());
        String first = towns.get(new TownId(scope.townId())).language();
        return notices.emergencies(new TownId(scope.townId()), clock.instant()).stream()
                .map(notice -> new Band(
                        Band.Tone.ALERT,
                        Phrase.own(said.get("notice.emergency.stands")),
                        new Phrase(notice.content().in(first).title(), first.equals(said.lang()) ? null : first),
                        new Band.Action(
                                said.get("notice.emergency.cancel"),
                                CANCEL + notice.id().ref()),
                        0))
                .toList();
    }
}
