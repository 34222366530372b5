package fr.tambour.website.site;

import fr.tambour.text.Typography;
import fr.tambour.town.Listed;
import fr.tambour.town.Town;
import fr.tambour.ui.Phrase;
import fr.tambour.ui.Words;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Who reads what, and when: what every page of the site needs to know.
 *
 * @param words of the page's language
 */
record Reading(Town town, Words words, Instant now) {

    LocalDate today() {
        return now.atZone(town.zone()).toLocalDate();
    }

    /** When a day begins in the town. */
    Instant startOf(LocalDate day) {
        return day.atStartOfDay(town.zone()).toInstant();
    }

    String language() {
        return words.lang();
    }

    String first() {
        return town.language();
    }

    /** A sentence about the language of a notice; easy reading has its own, since what it lacks is not another language. */
    String words(String key, Object... args) {
        String own = key + "." + language();
        return words.get(words.has(own) ? own : key, args);
    }

    /** What is written once for all languages (places, names, reasons), in the typography of the town's first. */
    String typeset(String text) {
        return Typography.of(text, town.locale());
    }

    /** The same as a page shows it. */
    Phrase written(String text) {
        return new Phrase(typeset(text), language().equals(first()) ? null : first());
    }

    /** The name of a theme or a district. */
    Phrase named(Listed entry) {
        return entry.named(language(), first());
    }

    /** A public path in the page's language; the town's first language has no prefix. */
    String path(String path) {
        return language().equals(first()) ? path : "/" + language() + (path.equals("/") ? "" : path);
    }

    /** « Aujourd’hui », « demain », else the weekday. */
    String weekday(LocalDate day) {
        return day.equals(today())
                ? words.get("website.today")
                : day.equals(today().plusDays(1)) ? words.get("website.tomorrow") : words.capital(words.weekday(day));
    }
}
