package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.FediversePaths;
import fr.tambour.fediverse.internal.Quote;
import fr.tambour.fediverse.internal.QuoteDesk;
import fr.tambour.fediverse.internal.QuoteStamps;
import fr.tambour.notice.PublicNotices;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** That the town lets a post quote a notice, for whoever wants to see; people are led to the notice. */
@RestController
class QuoteController {

    private static final String STAMP = FediversePaths.ACCOUNT + QuoteStamps.PATH + "{id:[0-9]{1,19}}";

    private final QuoteDesk quotes;
    private final Actors actors;
    private final PublicNotices notices;
    private final GatedReading reading;

    QuoteController(QuoteDesk quotes, Actors actors, PublicNotices notices, GatedReading reading) {
        this.quotes = quotes;
        this.actors = actors;
        this.notices = notices;
        this.reading = reading;
    }

    @GetMapping(
            path = STAMP,
            produces = {FediverseMedia.ACTIVITY, FediverseMedia.LINKED})
    CompletableFuture<ResponseEntity<String>> stamp(
            @PathVariable String name, @PathVariable long id, Town town, HttpServletRequest request) {
        return reading.given(
                town, request, () -> FediverseMedia.of(QuoteStamps.of(standing(name, id, town), actors.of(town))));
    }

    @GetMapping(STAMP)
    ResponseEntity<Void> toNotice(@PathVariable String name, @PathVariable long id, Town town) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(
                        URI.create("/avis/" + standing(name, id, town).notice().ref()))
                .header("Vary", "Accept")
                .build();
    }

    private Quote standing(String name, long id, Town town) {
        Quote quote = quotes.find(town.id(), id)
                .filter(found -> actors.of(town).name().equalsIgnoreCase(name))
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
        if (quote.revoked()
                || notices.find(town.id(), quote.notice())
                        .filter(QuoteDesk::canBeQuoted)
                        .isEmpty()) {
            throw new Refusal(HttpStatus.GONE, "fediverse.quote-revoked");
        }
        return quote;
    }
}
