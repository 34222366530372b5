package fr.tambour.live.internal;

import fr.tambour.live.HotResource;
import fr.tambour.live.LiveSettings;
import fr.tambour.notice.PublicNotices;
import fr.tambour.town.HostName;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Edge;
import fr.tambour.ui.Network;
import fr.tambour.ui.Turnstile;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Answers in memory, as the servlets gave them. One is true as long as
 *
 * <ul>
 *   <li>nothing public has happened to the town's notices, and nobody has written anything in its studio ({@link Pulse});
 *   <li>the minute has not turned, and nothing that stands has come to its end: pages speak of both.
 * </ul>
 *
 * After half a second one request has it made anew while the others still get the old one: what other nodes and commands
 * change, of which nothing is told here, is seen within a second. Of many who ask for the same at once, one has it made, and
 * the others wait for that without a thread.
 */
@Component
@EnableConfigurationProperties(LiveSettings.class)
class HotPages implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(HotPages.class);

    /** Bytes, of all answers in all encodings. */
    private static final long LARGEST = 32L << 20;

    private static final long FRESH_NANOS = Duration.ofMillis(500).toNanos();
    private static final long LARGE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int MOST_WAITING = 5_000;
    private static final Pattern LANGUAGE = Pattern.compile("^/[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}(?=/|$)");

    private final Towns towns;
    private final PublicNotices notices;
    private final Pulse pulse;
    private final Clock clock;
    private final Edge edge;
    private final Counts counts;
    private final List<HotResource> resources;
    private final ConcurrentMap<Key, Kept> kept = new ConcurrentHashMap<>();
    private final ConcurrentMap<Key, Making> makings = new ConcurrentHashMap<>();
    /** When what is there was found too large to be kept: made for one, it holds a thread as long as that one reads. */
    private final ConcurrentMap<Key, Long> large = new ConcurrentHashMap<>();

    private final AtomicLong size = new AtomicLong();
    private final Turnstile unread;

    HotPages(
            Towns towns,
            PublicNotices notices,
            Pulse pulse,
            Clock clock,
            Edge edge,
            Counts counts,
            ObjectProvider<HotResource> resources,
            LiveSettings settings) {
        this.unread = new Turnstile(settings.rendering(), (settings.rendering() + 1) / 2);
        this.edge = edge;
        this.counts = counts;
        this.towns = towns;
        this.notices = notices;
        this.pulse = pulse;
        this.clock = clock;
        this.resources = resources.stream().toList();
    }

    /** How one goes on to the servlets, off the thread that reads from the network. */
    interface Onward {
        void pass(Request request, Response response, Callback callback);

        void refuse(Request request, Response response, Callback callback);

        /**
         * @param first waits for the database
         * @param made completed when what is made is whole: from then on it takes up nothing, however slowly it is read
         */
        void passAfter(
                Runnable first, CompletableFuture<Void> made, Request request, Response response, Callback callback);
    }

    private record Key(TownId town, boolean secure, String host, String address, Wanted wanted) {}

    /** True from {@code from} until {@code until}, exclusive, while the pulse is the same. */
    private static final class Kept {
        final HotAnswer answer;
        final long pulse;
        final Instant from;
        final Instant until;
        final long madeAt = System.nanoTime();
        volatile long askedAt = madeAt;

        Kept(HotAnswer answer, long pulse, Instant from, Instant until) {
            this.answer = answer;
            this.pulse = pulse;
            this.from = from;
            this.until = until;
        }

        boolean isTrue(long now, Instant at) {
            return pulse == now && !at.isBefore(from) && at.isBefore(until);
        }
    }

    /** @param at when it came: what has ended by then must not be shown to it */
    private record Waiting(Instant at, Request request, Response response, Callback callback) {}

    /** Answers from memory, or has the answer made and kept. False for what is not kept at all. */
    boolean handle(Request request, Response response, Callback callback, Onward onward) {
        Optional<Key> found = key(request);
        if (found.isEmpty()) {
            return false;
        }
        Key key = found.get();
        Long foundLarge = large.get(key);
        if (foundLarge != null && System.nanoTime() - foundLarge < LARGE_NANOS) {
            return false;
        }
        Front.throwAwayWhatComesWith(request);
        long beat = pulse.of(key.town());
        Instant at = clock.instant();
        Kept known = kept.get(key);
        boolean isTrue = known != null && known.isTrue(beat, at);
        if (isTrue) {
            known.askedAt = System.nanoTime();
            if (known.askedAt - known.madeAt < FRESH_NANOS || makings.containsKey(key)) {
                fromMemory(known, request, response, callback);
                return true;
            }
        }
        if (!HttpMethod.GET.is(request.getMethod())) {
            if (isTrue) {
                fromMemory(known, request, response, callback);
            }
            return isTrue;
        }
        Making making = new Making(key, beat, at, onward);
        Making running = makings.putIfAbsent(key, making);
        if (running != null && isTrue) {
            fromMemory(known, request, response, callback);
            return true;
        }
        if (running != null && running.beat == beat && running.from.equals(at.truncatedTo(ChronoUnit.MINUTES))) {
            if (running.joins(new Waiting(at, request, response, callback))) {
                return true;
            }
        } else if (running != null) {
            // Begun before the last change: what it makes is no longer true.
            makings.put(key, making);
        }
        making.begin(request, response, callback);
        return true;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("tambour.live.kept", kept, Map::size)
                .description("Answers in memory")
                .register(registry);
        Gauge.builder("tambour.live.kept.bytes", size, AtomicLong::get)
                .description("What they take, in all encodings")
                .register(registry);
    }

    private void fromMemory(Kept known, Request request, Response response, Callback callback) {
        counts.answered(Counts.Answer.MEMORY);
        known.answer.write(edge, request, response, callback);
    }

    private Optional<Key> key(Request request) {
        boolean read = HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
        String path = Request.getPathInContext(request);
        // Written in one way only: else anybody could have one page kept under a million addresses.
        if (!read || path == null || !path.equals(request.getHttpURI().getPath())) {
            return Optional.empty();
        }
        String query = request.getHttpURI().getQuery();
        // The address of a file names its content in the query; what is there is the same whatever it says.
        String address = query == null || Files.ours(path) ? path : path + '?' + query;
        Wanted wanted = Wanted.by(request, () -> hasActivity(address));
        String host = HostName.ofHeader(Request.getServerName(request));
        return towns.byHost(host).flatMap(town -> {
            Key key = new Key(town.id(), request.isSecure(), host, address, wanted);
            return isForAll(key) && (kept.containsKey(key) || isHot(key, town)) ? Optional.of(key) : Optional.empty();
        });
    }

    private boolean isHot(Key key, Town town) {
        String address = key.address();
        String bare = bare(address);
        return key.wanted() == Wanted.ACTIVITY
                || address.indexOf('?') < 0
                        && resources.stream().anyMatch(resource -> resource.at(address) || resource.at(bare))
                || resources.stream().anyMatch(resource -> resource.isCurrent(address, town));
    }

    private static String bare(String path) {
        String bare = LANGUAGE.matcher(path).replaceFirst("");
        return bare.isEmpty() ? "/" : bare;
    }

    private boolean isForAll(Key key) {
        return key.wanted() != Wanted.ACTIVITY
                || resources.stream().allMatch(resource -> resource.isActivityForAll(key.town()));
    }

    /** One address may give a page to people and something else to programs, which ask for that by name. */
    private boolean hasActivity(String address) {
        String bare = bare(address);
        return resources.stream().anyMatch(resource -> resource.hasActivity(bare));
    }

    private HttpFields said(Key key, HttpFields fields) {
        return hasActivity(key.address())
                ? HttpFields.build(fields).add(HttpHeader.VARY, HttpHeader.ACCEPT.asString())
                : fields;
    }

    Optional<Town> town(Request request) {
        return towns.byHost(HostName.ofHeader(Request.getServerName(request)));
    }

    private void keep(Key key, Kept answer) {
        Kept before = kept.put(key, answer);
        long all = size.addAndGet(answer.answer.size() - (before == null ? 0 : before.answer.size()));
        if (all > LARGEST) {
            makeRoom();
        }
    }

    /** Those that nobody has asked for the longest go, down to three quarters. */
    private synchronized void makeRoom() {
        List<Map.Entry<Key, Kept>> oldest = new ArrayList<>(kept.entrySet());
        oldest.sort(Comparator.comparingLong(entry -> entry.getValue().askedAt));
        for (Map.Entry<Key, Kept> entry : oldest) {
            if (size.get() <= LARGEST / 4 * 3) {
                return;
            }
            if (kept.remove(entry.getKey(), entry.getValue())) {
                size.addAndGet(-entry.getValue().answer.size());
            }
        }
    }

    /** An answer that is being made, and who waits for it. */
    private final class Making {

        private final Key key;
        private final long beat;
        private final Instant at;
        private final Instant from;
        private final Onward onward;
        private final List<Waiting> waiting = new ArrayList<>();
        private boolean over;
        private @Nullable Instant until;

        Making(Key key, long beat, Instant at, Onward onward) {
            this.key = key;
            this.beat = beat;
            this.at = at;
            this.from = at.truncatedTo(ChronoUnit.MINUTES);
            this.onward = onward;
        }

        /** False if it is made already: then another has to be. */
        synchronized boolean joins(Waiting one) {
            if (over) {
                return false;
            }
            if (waiting.size() >= MOST_WAITING) {
                onward.refuse(one.request(), one.response(), one.callback());
                return true;
            }
            return waiting.add(one);
        }

        void begin(Request request, Response response, Callback callback) {
            CompletableFuture<Void> whole = new CompletableFuture<>();
            AtomicReference<HotAnswer> made = new AtomicReference<>();
            Recording recording = new Recording(request, response, new Recording.Whole() {
                @Override
                public void take(int status, HttpFields fields, byte[] body) {
                    Kept before = kept.get(key);
                    HotAnswer.of(status, said(key, fields), body, before == null ? null : before.answer)
                            .ifPresent(made::set);
                    finish(made.get());
                    whole.complete(null);
                }

                @Override
                public void passing() {
                    large.put(key, System.nanoTime());
                    finish(null);
                }
            });
            Callback answered = Callback.from(
                    () -> {
                        if (!recording.isDone() && !recording.isPassing()) {
                            // Nothing was written, or nothing last: the end is ours to write.
                            recording.write(true, null, Callback.NOOP);
                        }
                        HotAnswer answer = made.get();
                        if (recording.isPassing()) {
                            callback.succeeded();
                        } else if (answer != null) {
                            answer.write(edge, request, response, callback);
                        } else {
                            alone(recording, request, response, callback);
                        }
                    },
                    failure -> {
                        finish(null);
                        callback.failed(failure);
                    });
            onward.passAfter(this::lookAhead, whole, Recording.anonymous(request, key.wanted()), recording, answered);
        }

        /** What is not kept takes up its own memory until it is read, so there is only so much of it. */
        private void alone(Recording recording, Request request, Response response, Callback callback) {
            String address = Network.of(Request.getRemoteAddr(request));
            if (unread.enter(address) == Turnstile.Entry.IN) {
                Request.addCompletionListener(request, failure -> unread.leave(address));
                recording.send(edge, request, callback);
            } else {
                onward.refuse(request, response, callback);
            }
        }

        /** Before the page is made, so that what it shows is at least as new. */
        private void lookAhead() {
            try {
                Instant minute = from.plus(1, ChronoUnit.MINUTES);
                until = notices.nextEnd(key.town(), at)
                        .filter(end -> end.isBefore(minute))
                        .orElse(minute);
            } catch (DataAccessException | TransactionException e) {
                LOG.debug("What is made now is not kept", e);
            }
        }

        /** @param answer null where it is not for all: then everybody who waits goes on alone */
        private void finish(@Nullable HotAnswer answer) {
            List<Waiting> served;
            synchronized (this) {
                if (over) {
                    return;
                }
                over = true;
                served = List.copyOf(waiting);
                waiting.clear();
            }
            Instant end = until;
            if (answer != null && end != null && pulse.of(key.town()) == beat) {
                keep(key, new Kept(answer, beat, at, end));
            }
            makings.remove(key, this);
            for (Waiting one : served) {
                if (answer != null && end != null && one.at().isBefore(end)) {
                    counts.answered(Counts.Answer.MEMORY);
                    answer.write(edge, one.request(), one.response(), one.callback());
                } else {
                    onward.pass(one.request(), one.response(), one.callback());
                }
            }
        }
    }
}
