package fr.tambour.phone.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.town.Town;
import fr.tambour.town.TownStyle;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Posters as PDF: made when somebody asks, one at a time, and kept for as long as their town looks the same. What prints
 * them is not loaded before the first.
 */
@Component
class Posters {

    /** One takes a second, the first two. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PosterArt art;
    private final TemplateEngine templates;
    private final Words words;
    private final Semaphore press = new Semaphore(1, true);
    private final Cache<Key, byte[]> printed =
            Caffeine.newBuilder().maximumSize(50).build();

    private record Key(long town, long version, Locale locale) {}

    Posters(PosterArt art, TemplateEngine templates, Words words) {
        this.art = art;
        this.templates = templates;
        this.words = words;
    }

    /** One page, in PDF/UA. */
    byte[] of(Town town, Locale locale) {
        Key key = new Key(town.id().value(), town.version(), locale);
        byte[] known = printed.getIfPresent(key);
        if (known != null) {
            return known;
        }
        takeTurn();
        try {
            // Whoever had the turn before may have made it.
            return printed.get(key, one -> PosterPress.print(sheet(town, locale)));
        } finally {
            press.release();
        }
    }

    private String sheet(Town town, Locale locale) {
        Words said = words.in(locale);
        Invitation invitation = Invitation.of(town, locale);
        TownStyle style = town.profile().style();
        String name = town.profile().name();
        StringOutput output = new StringOutput();
        templates.render(
                "phone/site/posterSheet.jte",
                Map.of(
                        "said",
                        said,
                        "sheet",
                        new PosterSheet(
                                said.get("phone.poster.lang"),
                                said.get("phone.poster.document", town.name()),
                                art.style(town),
                                style.prefix(name),
                                PosterName.of(style.rest(name)),
                                town.demonstration(),
                                List.of(said.get("phone.poster.heading").split(" ", 2)),
                                invitation,
                                PosterArt.code(QrCode.of(invitation.address())))),
                output);
        return output.toString();
    }

    private void takeTurn() {
        try {
            if (press.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "phone.poster-busy");
    }
}
