package fr.tambour.notice.studio;

import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.PublicNotices;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Band;
import fr.tambour.ui.Phrase;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** An alert that stands is above every staff page, with the way to take it back; below it an exercise, which is no alert. */
@Component
class EmergencyBand implements Band.Provider {

    private static final String CANCEL = "/studio/urgence/annulation/";

    private final PublicNotices notices;
    private final DeskQueries desk;
    private final Towns towns;
    private final Words words;
    private final Clock clock;

    EmergencyBand(PublicNotices notices, DeskQueries desk, Towns towns, Words words, Clock clock) {
        this.notices = notices;
        this.desk = desk;
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
        Stream<Band> alerts = notices.emergencies(new TownId(scope.townId()), clock.instant()).stream()
                .map(notice -> new Band(
                        Band.Tone.ALERT,
                        Phrase.own(said.get("notice.emergency.stands")),
                        new Phrase(notice.content().in(first).title(), first.equals(said.lang()) ? null : first),
                        new Band.Action(
                                said.get("notice.emergency.cancel"),
                                CANCEL + notice.id().ref()),
                        0,
                        String.valueOf(notice.revision()),
                        notice.until().toEpochMilli()));
        Stream<Band> exercises = desk.exercises(new TownId(scope.townId()), clock.instant()).stream()
                .map(row -> new Band(
                        Band.Tone.INFO,
                        Phrase.own(said.get("notice.exercise.stands")),
                        new Phrase(row.title(), first.equals(said.lang()) ? null : first),
                        new Band.Action(
                                said.get("notice.exercise.cancel"),
                                CANCEL + row.id().ref()),
                        1));
        return Stream.concat(alerts, exercises).toList();
    }
}
