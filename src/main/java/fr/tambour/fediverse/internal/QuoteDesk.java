package fr.tambour.fediverse.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.conversation.ServerName;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Turnstile;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
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

    /** Posts that are read because a request only names them, at once, and of one host. */
    private static final int READ_AT_ONCE = 16;

    private static final int READ_AT_ONCE_OF_ONE = 4;

    private final Quotes quotes;
    private final DocumentFetch documents;
    private final Actors actors;
    private final PublicNotices notices;
    private final Letters letters;
    private final Rounds rounds;
    private final Talk talk;
    private final Towns towns;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;
    private final Turnstile turnstile = new Turnstile(READ_AT_ONCE, READ_AT_ONCE_OF_ONE);

    QuoteDesk(
            Quotes quotes,
            DocumentFetch documents,
            Actors actors,
            PublicNotices notices,
            Letters letters,
            Rounds rounds,
            Talk talk,
            Towns towns,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.quotes = quotes;
        this.documents = documents;
        this.actors = actors;
        this.notices = notices;
        this.letters = letters;
        this.rounds = rounds;
        this.talk = talk;
        this.towns = towns;
        this.audit = audit;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    public Optional<Quote> find(TownId town, long id) {
        return Objects.requireNonNull(reading.execute(status -> quotes.find(town, id)));
    }

    /**
     * Who quotes with the town's leave, the last first.
     *
     * @param notice what is quoted; null: any
     */
    public List<Quote> standing(TownId town, @Nullable NoticeId notice, int limit, int offset) {
        return Objects.requireNonNull(reading.execute(status -> quotes.standing(town, notice, limit, offset)));
    }

    /** How many do. */
    public int count(TownId town, @Nullable NoticeId notice) {
        return Objects.requireNonNull(reading.execute(status -> quotes.count(town, notice)));
    }

    /**
     * One of these may quote no more, and is not let again. Its author hears of it, and so do all who follow the town: they may have seen
     * it.
     *
     * @throws Refusal 409 {@code fediverse.quote-over}
     */
    public void revoke(Town town, long id, long person) {
        Actor own = actors.of(town);
        writing.executeWithoutResult(status -> {
            Instant now = clock.instant();
            Quote quote = quotes.find(town.id(), id)
                    .filter(found -> quotes.revoke(found, now))
                    .orElseThrow(() -> new Refusal(HttpStatus.CONFLICT, "fediverse.quote-over"));
            quotes.refuse(town.id(), quote.post(), now);
            rounds.add(own, "quote " + quote.id(), QuoteStamps.deleteForAll(own, quote), now);
            audit.record(new AuditEntry(
                    town.id().value(),
                    person,
                    "fediverse.quote-revoked",
                    quote.notice().ref(),
                    // Who it was is not kept: it could never be erased.
                    Map.of("server", quote.author().getRawAuthority())));
        });
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

    /**
     * What quotes, as it comes along or else as its own server shows it: whoever asks may name what somebody else of their server
     * wrote. Never fails; empty where nobody says for now.
     */
    CompletableFuture<Optional<JsonNode>> quoting(Town town, Actor own, URI sender, ObjectNode activity) {
        JsonNode instrument = activity.path("instrument");
        Optional<URI> post = StrangeJson.text(activity, "type").equals(REQUEST) && !instrument.isObject()
                ? asked(own, sender, activity)
                        .filter(asked -> StrangeJson.sameHost(asked.post(), sender) && !isDecided(own, asked))
                        .map(QuoteStamps.Asked::post)
                : Optional.empty();
        if (post.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.of(instrument));
        }
        String host = ServerName.of(sender.getRawAuthority());
        if (turnstile.enter(host) != Turnstile.Entry.IN) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return documents
                .of(town, post.get(), DocumentFetch.MOST_HOPS)
                .whenComplete((fetched, failure) -> turnstile.leave(host))
                .thenApply(fetched -> switch (fetched) {
                    case DocumentFetch.Fetched.Found found -> Optional.of(shown(post.get(), found));
                    case DocumentFetch.Fetched.Gone gone -> Optional.of(MissingNode.getInstance());
                    case DocumentFetch.Fetched.None none -> Optional.of(MissingNode.getInstance());
                    case DocumentFetch.Fetched.Unknown unknown -> Optional.empty();
                });
    }

    /** Each address speaks for itself alone. */
    private static JsonNode shown(URI post, DocumentFetch.Fetched.Found found) {
        return ActorReading.bare(found.address()).equals(post) ? found.document() : MissingNode.getInstance();
    }

    private boolean isDecided(Actor own, QuoteStamps.Asked asked) {
        return Boolean.TRUE.equals(reading.execute(status -> quotes.isRefused(own.town(), asked.post())
                || OwnAddresses.notice(own, asked.quoted())
                        .flatMap(notice -> quotes.standing(own.town(), notice, asked.post()))
                        .isPresent()));
    }

    /**
     * In the caller's transaction; the sender is who they say.
     *
     * @throws NoRoom where they could not be told what they may
     */
    void take(Actor own, Arrival arrival, Instant now) {
        RemoteActor sender = arrival.sender();
        ObjectNode activity = arrival.activity();
        if (!concerns(own, sender.uri(), activity)) {
            return;
        }
        if (StrangeJson.text(activity, "type").equals(REQUEST)) {
            asked(own, sender.uri(), activity).ifPresent(asked -> answer(own, sender, asked, arrival.quoting(), now));
        } else if (Arrivals.isOwnEnd(sender.uri(), activity)) {
            quotes.forget(own.town(), sender.uri());
        } else {
            StrangeJson.id(activity.path("object")).ifPresent(post -> quotes.forget(own.town(), sender.uri(), post));
        }
    }

    private void answer(Actor own, RemoteActor sender, QuoteStamps.Asked asked, JsonNode post, Instant now) {
        TownId town = own.town();
        Optional<NoticeId> notice = quotable(own, asked);
        Optional<Quote> standing =
                notice.flatMap(id -> quotes.standing(town, id, asked.post())).filter(quotes::holds);
        boolean theirs = standing.map(quote -> quote.author().equals(sender.uri()))
                .orElseGet(() -> isTheirs(sender.uri(), asked.post(), post));
        if (notice.isEmpty() || !theirs || quotes.isRefused(town, asked.post()) || talk.isBlocked(town, sender)) {
            reject(own, sender, asked, now);
        } else if (standing.isPresent()) {
            accept(own, sender, asked, standing.get(), now);
        } else if (quotes.since(town, sender.uri().getRawAuthority(), now.minus(DAY)) < MOST_A_DAY) {
            actors.holdFast(own, now);
            Quote quote = quotes.grant(town, notice.get(), asked.post(), sender, now);
            // To write it down waits for whoever holds the notice to take it back at this moment, and found nothing to
            // revoke.
            if (quotable(own, asked).isPresent()) {
                accept(own, sender, asked, quote, now);
            } else {
                quotes.remove(quote);
                reject(own, sender, asked, now);
            }
        }
    }

    private Optional<NoticeId> quotable(Actor own, QuoteStamps.Asked asked) {
        return OwnAddresses.notice(own, asked.quoted())
                .filter(id -> notices.find(own.town(), id)
                        .filter(QuoteDesk::canBeQuoted)
                        .isPresent())
                .filter(id -> asked.quoted().equals(Notes.id(own, id)));
    }

    private void accept(Actor own, RemoteActor sender, QuoteStamps.Asked asked, Quote quote, Instant now) {
        letters.answer(own, sender.inbox(), Activities.bytes(QuoteStamps.accept(own, asked, quote)), now);
    }

    private void reject(Actor own, RemoteActor sender, QuoteStamps.Asked asked, Instant now) {
        letters.answer(own, sender.inbox(), Activities.bytes(QuoteStamps.reject(own, asked)), now);
    }

    /** A post that went out, and stands: also one that is over. */
    public static boolean canBeQuoted(PublishedNotice notice) {
        return Notes.isOf(notice) && notice.state() != PublicState.WITHDRAWN;
    }

    /** Nobody asks for somebody else, be it for somebody of their own server: what quotes says whose it is. */
    private static boolean isTheirs(URI sender, URI id, JsonNode post) {
        return StrangeJson.sameHost(id, sender)
                && post.isObject()
                && StrangeJson.id(post).filter(id::equals).isPresent()
                && StrangeJson.ids(post.path("attributedTo")).anyMatch(sender::equals);
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
            letters.takeAway(own, quote.inbox(), Activities.bytes(QuoteStamps.delete(own, quote)), now);
        }
    }
}
