package fr.tambour.website.site;

import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.util.Locale;
import org.springframework.stereotype.Component;

@Component
class Readings {

    private final Words words;
    private final Clock clock;

    Readings(Words words, Clock clock) {
        this.words = words;
        this.clock = clock;
    }

    Reading of(Town town, Locale locale) {
        return new Reading(town, words.in(locale), clock.instant());
    }
}
