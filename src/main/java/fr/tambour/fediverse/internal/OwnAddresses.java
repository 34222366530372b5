package fr.tambour.fediverse.internal;

import fr.tambour.notice.NoticeId;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the addresses of the town's own posts say: which notice, which answer. */
public final class OwnAddresses {

    private static final String ANSWERS = "/reponses/";
    private static final Pattern NOTICE = Pattern.compile("/avis/([0-9a-z]{13})(?:/[a-z0-9-]+)?(?:" + ANSWERS
            + "[0-9]{1,19}|" + Notes.THREAD + "[0-9]{1,9}|" + Events.PATH + ")?");

    private OwnAddresses() {}

    /** What an answer is known by, for good: below its notice, or below the account where it is about none. */
    static URI answer(Actor actor, Optional<NoticeId> notice, long id) {
        return URI.create(notice.map(about -> Notes.id(actor, about).toString())
                        .orElse(actor.uri().toString())
                + ANSWERS
                + id);
    }

    /** Whether it is an address of the town's. */
    static boolean isOurs(Actor actor, URI address) {
        return StrangeJson.sameHost(actor.base(), address);
    }

    /** The notice that something stands at or below. */
    static Optional<NoticeId> notice(Actor actor, URI address) {
        if (!isOurs(actor, address)) {
            return Optional.empty();
        }
        Matcher path = NOTICE.matcher(String.valueOf(address.getRawPath()));
        return path.matches() ? NoticeId.ofRef(path.group(1)) : Optional.empty();
    }

    /** Whether it is an answer that is about no notice. */
    static boolean isOwnAnswer(Actor actor, URI address) {
        return isOurs(actor, address) && String.valueOf(address.getRawPath()).startsWith(actor.path() + ANSWERS);
    }
}
