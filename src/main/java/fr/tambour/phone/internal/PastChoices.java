package fr.tambour.phone.internal;

import fr.tambour.dispatch.Dispatches;
import fr.tambour.dispatch.Dispatches.Span;
import fr.tambour.phone.internal.Phones.Superseded;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets go of choices that others took the place of. What is kept of them is what {@link Addressees} may still ask: what was
 * in force while a dispatch ran that a correction or a withdrawal may follow.
 */
@Component
class PastChoices {

    /** A page of them at a time: nobody waits long for the one who writes. */
    private static final int PAGE = 2_000;

    /** What ended just now may still be asked by whoever's clock is behind. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final Phones phones;
    private final Dispatches dispatches;
    private final Towns towns;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    PastChoices(Phones phones, Dispatches dispatches, Towns towns, PlatformTransactionManager transactions) {
        this.phones = phones;
        this.dispatches = dispatches;
        this.towns = towns;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    void sweep(Instant now) {
        towns.all().stream().map(Town::id).forEach(town -> sweep(town, now));
    }

    private void sweep(TownId town, Instant now) {
        Instant before = now.minus(MARGIN);
        List<Superseded> page = page(town, Superseded.NONE, before);
        if (page.isEmpty()) {
            return;
        }
        // What began later than it is read finds no choice that ended before.
        NavigableMap<Instant, Instant> asked = asked(dispatches.followed(town, PhoneChannel.NAME, now));
        while (!page.isEmpty()) {
            List<Superseded> over =
                    page.stream().filter(old -> !isAsked(old, asked)).toList();
            if (!over.isEmpty()) {
                writing.executeWithoutResult(status -> phones.drop(town, over));
            }
            page = page.size() < PAGE ? List.of() : page(town, page.getLast(), before);
        }
    }

    private List<Superseded> page(TownId town, Superseded after, Instant before) {
        List<Superseded> page = reading.execute(status -> phones.superseded(town, after, before, PAGE));
        return page == null ? List.of() : page;
    }

    /** By each beginning, how long any dispatch ran that began by then. */
    private static NavigableMap<Instant, Instant> asked(List<Span> followed) {
        NavigableMap<Instant, Instant> asked = new TreeMap<>();
        Instant longest = Instant.MIN;
        for (Span span :
                followed.stream().sorted(Comparator.comparing(Span::from)).toList()) {
            Instant through =
                    span.through() == null ? Instant.MAX : span.through().plus(Addressees.APART);
            longest = through.isAfter(longest) ? through : longest;
            asked.put(span.from().minus(Addressees.APART), longest);
        }
        return asked;
    }

    /** In force from its beginning on, until its end, exclusive. */
    private static boolean isAsked(Superseded old, NavigableMap<Instant, Instant> asked) {
        Map.Entry<Instant, Instant> ran = asked.lowerEntry(old.until());
        return ran != null && old.hadBegunBy(ran.getValue());
    }
}
