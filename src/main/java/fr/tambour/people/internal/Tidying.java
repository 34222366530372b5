package fr.tambour.people.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Links and tokens that ended are kept for a month, for questions; then nothing is left of them but the journal. */
@Component
public class Tidying {

    static final Duration KEPT = Duration.ofDays(30);

    private static final Logger log = LoggerFactory.getLogger(Tidying.class);

    private final Links links;
    private final TokenTable tokens;
    private final Clock clock;

    Tidying(Links links, TokenTable tokens, Clock clock) {
        this.links = links;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 15, fixedDelay = 6 * 60, timeUnit = TimeUnit.MINUTES)
    public void tidy() {
        Instant before = clock.instant().minus(KEPT);
        try {
            links.forgetOver(before);
            tokens.forgetOver(before);
        } catch (DataAccessException e) {
            log.warn("Links and tokens that are over stay for another six hours: {}", e.getMessage());
        }
    }
}
