package fr.tambour.notice.studio;

import fr.tambour.notice.Content;
import fr.tambour.people.People;
import fr.tambour.people.PersonId;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.Listed;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.town.TownList;
import fr.tambour.ui.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** How people, parts of the town, subjects and moments are called on a staff page. */
@Component
class Names {

    private final People people;
    private final Districts districts;
    private final Themes themes;

    Names(People people, Districts districts, Themes themes) {
        this.people = people;
        this.districts = districts;
        this.themes = themes;
    }

    Facts facts(Town town, Words words) {
        String first = town.language();
        return new Facts(
                town,
                words,
                districts.ever(town.id()).stream()
                        .collect(Collectors.toMap(District::id, d -> d.name(words.lang(), first))),
                themes.ever(town.id()).stream().collect(Collectors.toMap(Theme::id, t -> t.name(words.lang(), first))));
    }

    List<EditorPage.Option> districts(Town town, Words words, Content content) {
        return options(districts, town, words, content.districts());
    }

    List<EditorPage.Option> themes(Town town, Words words, Content content) {
        return options(themes, town, words, content.themes());
    }

    /** Those that can be chosen, and those already chosen though the town has dropped them since. */
    private static List<EditorPage.Option> options(
            TownList<? extends Listed> list, Town town, Words words, Set<Long> chosen) {
        return list.ever(town.id()).stream()
                .filter(entry -> entry.active() || chosen.contains(entry.id()))
                .map(entry -> new EditorPage.Option(
                        Long.toString(entry.id()),
                        entry.name(words.lang(), town.language()),
                        chosen.contains(entry.id())))
                .toList();
    }

    String person(PersonId id) {
        return people.nameOf(id);
    }

    Map<PersonId, String> people(List<PersonId> ids) {
        return people.namesOf(ids);
    }

    /** When a notice is over: as {@link #moment}, and midnight is the evening before: « demain soir », « le 25 décembre au soir ». */
    static String end(Town town, Words words, Instant until, Instant now) {
        ZonedDateTime then = until.atZone(town.zone());
        return Words.closedDay(then.toLocalDateTime())
                .map(last -> evening(words, last, then, now.atZone(town.zone()).toLocalDate()))
                .orElseGet(() -> moment(town, words, until, now));
    }

    private static String evening(Words words, LocalDate last, ZonedDateTime end, LocalDate today) {
        return switch ((int) Math.clamp(ChronoUnit.DAYS.between(today, last), -2, 2)) {
            case -1 -> words.get("notice.moment.yesterday-evening");
            case 0 -> words.get("notice.moment.this-evening");
            case 1 -> words.get("notice.moment.tomorrow-evening");
            default -> words.get("notice.moment.on", words.end(end, today));
        };
    }

    /** « aujourd’hui à 10 h 42 », « hier à 9 h », « le 26 novembre à 9 h ». */
    static String moment(Town town, Words words, Instant at, Instant now) {
        ZonedDateTime then = at.atZone(town.zone());
        var today = now.atZone(town.zone()).toLocalDate();
        String time = words.time(then.toLocalTime());
        if (then.toLocalDate().equals(today)) {
            return words.get("notice.moment.today", time);
        }
        if (then.toLocalDate().equals(today.minusDays(1))) {
            return words.get("notice.moment.yesterday", time);
        }
        if (then.toLocalDate().equals(today.plusDays(1))) {
            return words.get("notice.moment.tomorrow", time);
        }
        return words.get("notice.moment.on", words.moment(then, today));
    }
}
