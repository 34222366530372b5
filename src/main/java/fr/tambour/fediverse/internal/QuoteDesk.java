package fr.tambour.fediverse.internal;

import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives leave to quote notices to whoever asks (FEP-044f), and takes it back where the notice is taken back or whoever quotes it is
 * blocked. Those are told a few at a time: a withdrawal waits for none of them.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
public class QuoteDesk {

    static final String REQUEST = "QuoteRequest";

    private static final Logger LOG = LoggerFactory.getLogger(QuoteDesk.class);

    /** Of one server: what is more is neither granted nor refused. */
    private static final int MOST_A_DAY = 1_000;

    private static final Duration DAY = Duration.ofDays(1);
    private static final int AT_ONCE = 50;

    private final Quotes quotes;
    private final Actors actors;
    private final PublicNotices notices;
    private final Letters letters;
    private final Talk talk;
    private final Towns towns;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    QuoteDesk(
            Quotes quotes,
            Actors actors,
            PublicNotices notices,
            Letters letters,
            Talk talk,
            Towns towns,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.quotes = quotes;
        this.actors = actors;
        this.notices = notices;
        this.letters = letters;
        this.talk = talk;
        this.towns = towns;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    public Optional<Quote> find(TownId town, long id) {
        return Objects.requireNonNull(reading.execute(status -> quotes.find(town, id)));
    }

    /** Whether somebody asks to quote something of the town's, or takes back what quotes it; in a transaction. */
    boolean concerns(Actor own, URI sender, ObjectNode activity) {
        TownId town = own.town();
        return switch (StrangeJson.text(activity, "type")) {
            case REQUEST -> asked(own, sender, activity).isPresent() && !talk.isServerBlocked(town, sender);
            case "Delete" ->
                Arrivals.isOwnEnd(sender, activity)
                        ? quotes.any(town, sender)
                        : StrangeJson.id(activity.path("object"))
                                .filter(post -> quotes.isTheirs(town, sender, post))
                                .isPresent();
            default -> false;
        };
    }

    private static Optional<QuoteStamps.Asked> asked(Actor own, URI sender, ObjectNode activity) {
        Optional<URI> id = StrangeJson.id(activity);
        Optional<URI> quoted = StrangeJson.id(activity.path("object")).filter(it -> OwnAddresses.isOurs(own, it));
        Optional<URI> post = StrangeJson.id(activity.path("instrument"));
        return id.isPresent() && quoted.isPresent() && post.isPresent()
                ? Optional.of(new QuoteStamps.Asked(id.get(), sender, quoted.get(), post.get()))
                : Optional.empty();
    }

    /** In the caller's transaction; the sender is who they say. */
    void take(Actor own, RemoteActor sender, ObjectNode activity, Instant now) {
        if (!concerns(own, sender.uri(), activity)) {
            return;
        }
        if (StrangeJson.text(activity, "type").equals(REQUEST)) {
            asked(own, sender.uri(), activity)
                    .ifPresent(asked -> answer(own, sender, asked, activity.path("instrument"), now));
        } else if (Arrivals.isOwnEnd(sender.uri(), activity)) {
            quotes.forget(own.town(), sender.uri());
        } else {
            StrangeJson.id(activity.path("object")).ifPresent(post -> quotes.forget(own.town(), sender.uri(), post));
        }
    }

    private void answer(Actor own, RemoteActor sender, QuoteStamps.Asked asked, JsonNode post, Instant now) {
        TownId town = own.town();
        Optional<NoticeId> notice = OwnAddresses.notice(own, asked.quoted())
                .filter(id ->
                        notices.find(town, id).filter(QuoteDesk::canBeQuoted).isPresent())
                .filter(id -> asked.quoted().equals(Notes.id(own, id)));
        if (notice.isEmpty() || !isTheirs(sender.uri(), asked.post(), post) || talk.isBlocked(town, sender)) {
            letters.add(own, sender.inbox(), Activities.bytes(QuoteStamps.reject(own, asked)), now);
        } else if (quotes.standing(town, notice.get(), asked.post()).isPresent()
                || quotes.since(town, sender.uri().getRawAuthority(), now.minus(DAY)) < MOST_A_DAY) {
            actors.holdFast(own, now);
            Quote quote = quotes.grant(town, notice.get(), asked.post(), sender, now);
            letters.add(own, sender.inbox(), Activities.bytes(QuoteStamps.accept(own, asked, quote)), now);
        }
    }

    /** A post that went out, and stands: also one that is over. */
    public static boolean canBeQuoted(PublishedNotice notice) {
        return Notes.isOf(notice) && notice.state() != PublicState.WITHDRAWN;
    }

    /** Nobody asks for somebody else; where what quotes comes along, it says so as well. */
    private static boolean isTheirs(URI sender, URI id, JsonNode post) {
        return StrangeJson.sameHost(id, sender)
                && (!post.isObject()
                        || StrangeJson.id(post.path("attributedTo"))
                                .filter(sender::equals)
                                .isPresent());
    }

    /** Their own server says that they are gone. In the caller's transaction. */
    void gone(TownId town, URI author) {
        quotes.forget(town, author);
    }

    /** None of these may quote any more. In the caller's transaction. */
    void cutOff(TownId town, Whom whom, Instant now) {
        quotes.revoke(
                town,
                quotes.authors(town).stream()
                        .filter(author -> whom.is(URI.create(author)))
                        .toList(),
                now);
    }

    /** Whoever's leave was taken back. */
    @Scheduled(initialDelay = 4_500, fixedDelay = 1_000, timeUnit = TimeUnit.MILLISECONDS)
    void tell() {
        try {
            List<Quote> untold = Objects.requireNonNull(reading.execute(status -> quotes.untold(AT_ONCE)));
            if (!untold.isEmpty()) {
                writing.executeWithoutResult(status -> untold.forEach(this::tell));
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("Who may quote no more hears of it when the database answers: {}", e.getMessage());
        }
    }

    private void tell(Quote quote) {
        Instant now = clock.instant();
        Optional<Town> town = towns.byId(quote.town());
        if (quotes.told(quote, now) && town.isPresent()) {
            Actor own = actors.of(town.get());
            letters.add(own, quote.inbox(), Activities.bytes(QuoteStamps.delete(own, quote)), now);
        }
    }
}
