package fr.tambour.notice.studio;

import fr.tambour.keys.Keys;
import fr.tambour.keys.MacKey;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Ids;
import fr.tambour.town.Town;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Names the alert that a page will release, before it is there: a second tap on the page releases nothing more. Signed for
 * the town, so that no page can name a notice of another.
 */
@Component
class AlertTickets {

    private final MacKey mac;
    private final Ids ids;

    AlertTickets(Keys keys, Ids ids) {
        this.mac = keys.mac("notice.alert-ticket");
        this.ids = ids;
    }

    String next(Town town) {
        return signed(town, new NoticeId(ids.next()));
    }

    /** Empty for what was not made here, for this town. */
    Optional<NoticeId> read(Town town, String ticket) {
        return NoticeId.ofRef(ticket.split("\\.", 2)[0])
                .filter(id -> MessageDigest.isEqual(bytes(ticket), bytes(signed(town, id))));
    }

    private String signed(Town town, NoticeId id) {
        return id.ref() + "." + mac.hex(town.id().value() + " " + id.ref());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
