package fr.tambour.phone.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.town.HostName;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Network;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Whom a phone's requests come from. No cookie, no token: a browser says itself on whose behalf it asks (Sec-Fetch-Site,
 * Origin); a program says nothing. Counted by address and minute, so generously that the thousands behind a mobile carrier's
 * shared address are not shut out; each node counts for itself, and keeps nothing.
 */
@Component
class Strangers {

    private static final int REMEMBERED = 50_000;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final Towns towns;
    private final Clock clock;
    private final Cache<String, AtomicInteger> counts =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    Strangers(Towns towns, Clock clock) {
        this.towns = towns;
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
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        if (site != null ? !site.equals("same-origin") : origin != null && !isOf(origin, town)) {
            throw new Refusal(HttpStatus.FORBIDDEN, "phone.foreign");
        }
        String key = act + " " + clock.millis() / MINUTE + " " + Network.of(request.getRemoteAddr());
        if (counts.get(key, none -> new AtomicInteger()).incrementAndGet() > act.most) {
            throw new Refusal(HttpStatus.TOO_MANY_REQUESTS, "phone.too-often");
        }
    }

    private boolean isOf(String origin, Town town) {
        try {
            String host = URI.create(origin).getHost();
            return host != null
                    && towns.byHost(HostName.ofHeader(host))
                            .filter(known -> known.id().equals(town.id()))
                            .isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
