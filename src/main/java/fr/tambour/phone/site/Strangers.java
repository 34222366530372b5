package fr.tambour.phone.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.town.PublicForms;
import fr.tambour.town.Town;
import fr.tambour.ui.Network;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Whom a phone's requests come from. Counted by address and minute, so generously that the thousands behind a mobile carrier's
 * shared address are not shut out; each node counts for itself, and keeps nothing.
 */
@Component
class Strangers {

    private static final int REMEMBERED = 50_000;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final PublicForms forms;
    private final Clock clock;
    private final Cache<String, AtomicInteger> counts =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    Strangers(PublicForms forms, Clock clock) {
        this.forms = forms;
        this.clock = clock;
    }

    /** How often from one address within a minute. */
    enum Act {
        /** Each may push once. */
        SUBSCRIBE(120),
        CODE(20),
        OTHER(600);

        private final int most;

        Act(int most) {
            this.most = most;
        }
    }

    /**
     * @throws Refusal 403 {@code phone.foreign} if another site's page asks; 429 {@code phone.too-often}
     */
    void admit(HttpServletRequest request, Town town, Act act) {
        if (forms.isForeign(request, town)) {
            throw new Refusal(HttpStatus.FORBIDDEN, "phone.foreign");
        }
        String key = act + " " + clock.millis() / MINUTE + " " + Network.of(request.getRemoteAddr());
        if (counts.get(key, none -> new AtomicInteger()).incrementAndGet() > act.most) {
            throw new Refusal(HttpStatus.TOO_MANY_REQUESTS, "phone.too-often");
        }
    }
}
