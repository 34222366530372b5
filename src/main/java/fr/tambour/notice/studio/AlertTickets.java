package fr.tambour.notice.studio;

import fr.tambour.keys.Keys;
import fr.tambour.keys.MacKey;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Ids;
import fr.tambour.town.Town;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Names the alert that a page will release, before it is there: a second tap on the page releases nothing more. Signed for
 * the town, so that no page can name a notice of another; and a page of an exercise none that is real, nor the other way
 * round.
 */
@Component
class AlertTickets {

    private final MacKey mac;
    private final Ids ids;

    AlertTickets(Keys keys, Ids ids) {
        this.mac = keys.mac("notice.alert-ticket");
        this.ids = ids;
    }

    /**
     * What a page will release.
     *
     * @param since when the page was opened first: with it the writing begins
     */
    record Ticket(NoticeId id, Instant since) {}

    String next(Town town, AlertMode mode, Instant now) {
        return signed(town, mode, new Ticket(new NoticeId(ids.next()), now.truncatedTo(ChronoUnit.MILLIS)));
    }

    /** Empty for what was not made here, for this town and this mode. */
    Optional<Ticket> read(Town town, AlertMode mode, String text) {
        String[] parts = text.split("\\.", 3);
        return parts.length < 3 || !parts[1].matches("\\d{1,15}")
                ? Optional.empty()
                : NoticeId.ofRef(parts[0])
                        .map(id -> new Ticket(id, Instant.ofEpochMilli(Long.parseLong(parts[1]))))
                        .filter(ticket -> MessageDigest.isEqual(bytes(text), bytes(signed(town, mode, ticket))));
    }

    private String signed(Town town, AlertMode mode, Ticket ticket) {
        String named = ticket.id().ref() + "." + ticket.since().toEpochMilli();
        return named + "." + mac.hex(mode + " " + town.id().value() + " " + named);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
