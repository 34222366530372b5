package fr.tambour.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is open right now.
 *
 * @param streams number of open pages this node tells of what happens; each takes a connection and about 6 KiB; whoever
 *     comes on top of that is told to come again, and reads the pages all the same
 * @param share how many of them one address may hold; behind one there may be all the telephones of a mobile network; the last
 *     sixteenth of all is for addresses that hold few
 * @param heartbeat how long nothing is sent to an open page before it is told that the line stands, a duration like `20s`;
 *     shorter than what proxies in between wait for (mostly `60s`), and at most `50s`: a page that hears nothing for a minute
 *     opens its stream anew
 * @param patience how long an open page may take to receive what it is sent, a duration like `10s`; then it is left
 * @param rendering how many public requests may be answered by the application at once; beyond that only what is in memory
 *     is served, and whoever asks for the rest is told to come again
 */
@ConfigurationProperties("tambour.live")
public record LiveSettings(
        @DefaultValue("12000") int streams,
        @DefaultValue("3000") int share,
        @DefaultValue("20s") Duration heartbeat,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("1000") int rendering) {}
