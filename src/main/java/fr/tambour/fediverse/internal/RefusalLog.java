package fr.tambour.fediverse.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.text.Clean;
import fr.tambour.town.Town;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says in the log what of other servers' is refused, and why: once an hour for a server and a reason, and no more than so many lines
 * in an hour, since whoever sends it decides what server it says to be.
 */
@Component
class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_LINES = 100;
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_REASON = 200;
    private static final Pattern KEY = Pattern.compile("key[iI]d=\"([^\"]{1,1024})\"");

    private record Said(String host, String kind) {}

    private final Cache<Said, Boolean> said =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(HOUR).build();
    private final Cache<String, AtomicInteger> lines =
            Caffeine.newBuilder().expireAfterWrite(HOUR).build();

    /**
     * @param kind of reason
     * @param why it is so, in words
     */
    void refused(Town town, SignedMessage message, String kind, String why) {
        String host = host(message);
        if (said.asMap().putIfAbsent(new Said(host, kind), true) != null) {
            return;
        }
        int line = lines.get("all", none -> new AtomicInteger()).incrementAndGet();
        if (line <= MOST_LINES) {
            LOG.info(
                    "What {} sent to {} is refused ({}: {}); that is not said again for an hour",
                    host,
                    town.slug(),
                    kind,
                    Clean.line(why.substring(0, Math.min(why.length(), LONGEST_REASON)), LONGEST_REASON));
        } else if (line == MOST_LINES + 1) {
            LOG.info("More is refused of what other servers send; which ones and why is not said for an hour");
        }
    }

    /** Of the key that it says to be signed with. */
    private static String host(SignedMessage message) {
        String signed = message.header("signature-input")
                .or(() -> message.header("signature"))
                .orElse("");
        Matcher key = KEY.matcher(signed);
        Optional<String> host =
                key.find() ? StrangeJson.address(key.group(1)).map(URI::getRawAuthority) : Optional.empty();
        return host.map(name -> Clean.line(name.substring(0, Math.min(name.length(), LONGEST_NAME)), LONGEST_NAME))
                .orElse("a server that does not say its name");
    }
}
