package fr.tambour.notice.studio;

import fr.tambour.notice.Content;
import fr.tambour.people.People;
import fr.tambour.people.PersonId;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** Those that can be chosen, and those already chosen though the town has dropped them since. */
    List<EditorPage.Option> districts(Town town, Words words, Content content) {
        return districts.ever(town.id()).stream()
                .filter(d -> d.active() || content.districts().contains(d.id()))
                .map(d -> new EditorPage.Option(
                        Long.toString(d.id()),
                        d.name(words.lang(), town.language()),
                        content.districts().contains(d.id())))
                .toList();
    }

    /** As {@link #districts}. */
    List<EditorPage.Option> themes(Town town, Words words, Content content) {
        return themes.ever(town.id()).stream()
                .filter(t -> t.active() || content.themes().contains(t.id()))
                .map(t -> new EditorPage.Option(
                        Long.toString(t.id()),
                        t.name(words.lang(), town.language()),
                        content.themes().contains(t.id())))
                .toList();
    }

    String person(PersonId id) {
        return people.nameOf(id);
    }

    Map<PersonId, String> people(List<PersonId> ids) {
        return people.namesOf(ids);
    }

    /** « IV » for Inès V. */
    static String initials(String name) {
        List<String> letters = new ArrayList<>();
        for (String word : name.strip().split("\\s+")) {
            if (!word.isEmpty() && letters.size() < 2) {
                letters.add(new String(Character.toChars(Character.toUpperCase(word.codePointAt(0)))));
            }
        }
        return String.join("", letters);
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
