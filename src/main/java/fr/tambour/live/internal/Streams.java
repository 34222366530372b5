package fr.tambour.live.internal;

import fr.tambour.live.LiveSettings;
import fr.tambour.live.Progress;
import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import fr.tambour.ui.Network;
import fr.tambour.ui.Turnstile;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * All open pages of this node. The first thing to end at an orderly stop, since no answer of theirs ever would by itself.
 */
@Component
@EnableConfigurationProperties(LiveSettings.class)
class Streams implements SmartLifecycle, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private static final int FOLLOW_MS = 1_000;
    private static final String RETRY_SECONDS = "60";
    private static final String RETRY_DATABASE_SECONDS = "10";

    private final EventLog log;
    private final ObjectProvider<Progress> progress;
    private final LiveSettings settings;
    private final ConcurrentMap<TownId, TownStreams> towns = new ConcurrentHashMap<>();
    private final Turnstile turnstile;
    private final Counts counts;
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable ScheduledExecutorService tending;
    private volatile boolean stopped;

    Streams(EventLog log, Pulse pulse, Counts counts, ObjectProvider<Progress> progress, LiveSettings settings) {
        this.log = log;
        this.counts = counts;
        this.progress = progress;
        this.settings = settings;
        this.turnstile = new Turnstile(settings.streams(), settings.share());
        pulse.listen(town -> {
            TownStreams streams = towns.get(town);
            if (streams != null) {
                streams.wake();
            }
        });
    }

    /**
     * Opens one, unless there are too many, or the database does not say what the page has missed. No thread waits for that.
     *
     * @param since the last event that the page knows, -1 if it knows none
     * @param followed the notice whose way out the page shows, if it shows one's
     * @param fields what else is said on every answer
     * @param refuse run where it is not opened; nothing was written then but how long to wait before coming again
     */
    void open(
            TownId town,
            long since,
            @Nullable NoticeId followed,
            Map<String, String> fields,
            Request request,
            Response response,
            Callback callback,
            Runnable refuse) {
        String address = Network.of(Request.getRemoteAddr(request));
        if (stopped || !isLetIn(address)) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
            refuse.run();
            return;
        }
        beginTending();
        TownStreams streams = towns.computeIfAbsent(town, id -> new TownStreams(id, log, readers, Thread::sleep));
        Runnable unanswered = () -> {
            turnstile.leave(address);
            counts.refused(Counts.Refusal.DATABASE);
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_DATABASE_SECONDS);
            refuse.run();
        };
        streams.whenKnown(
                since, () -> begin(streams, since, followed, address, fields, request, response, callback), unanswered);
    }

    private void begin(
            TownStreams streams,
            long since,
            @Nullable NoticeId followed,
            String address,
            Map<String, String> fields,
            Request request,
            Response response,
            Callback callback) {
        fields.forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream;charset=utf-8");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        // nginx would keep what it gets until it has a bufferful.
        response.getHeaders().put("X-Accel-Buffering", "no");
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            Stream stream = stream(streams, new SharedLine(request, response, callback), address, followed);
            Request.addCompletionListener(request, failure -> left(streams, stream));
            // Whoever closes its page resets the stream; with nothing being written only this hears of it.
            request.addFailureListener(stream::failed);
            // Silence is ours to break: the heartbeat finds out who is gone.
            request.addIdleTimeoutListener(silent -> false);
            streams.open(stream, since);
        } else {
            OwnLine line = new OwnLine(request.getConnectionMetaData());
            Stream stream = stream(streams, line, address, followed);
            line.take(request, response, callback, () -> streams.open(stream, since), () -> left(streams, stream));
        }
    }

    private Stream stream(TownStreams streams, Line line, String address, @Nullable NoticeId followed) {
        return new Stream(line, streams::tail, counts.events, address, followed);
    }

    private void left(TownStreams streams, Stream stream) {
        streams.left(stream);
        turnstile.leave(stream.address());
        counts.ended(stream.end());
    }

    private boolean isLetIn(String address) {
        Turnstile.Entry entry = turnstile.enter(address);
        switch (entry) {
            case IN -> {}
            case FULL -> counts.refused(Counts.Refusal.NODE);
            case SHARE_FULL -> counts.refused(Counts.Refusal.ADDRESS);
        }
        return entry == Turnstile.Entry.IN;
    }

    /** How many are open. */
    int count() {
        return turnstile.count();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("tambour.live.streams", this, Streams::count)
                .description("Event streams that are open")
                .register(registry);
    }

    private synchronized void beginTending() {
        if (tending == null && !stopped) {
            long period = Math.clamp(settings.heartbeat().toMillis() / 10, 10, 1_000);
            tending = Executors.newScheduledThreadPool(
                    2, Thread.ofVirtual().name("streams").factory());
            tending.scheduleWithFixedDelay(this::tend, period, period, TimeUnit.MILLISECONDS);
            tending.scheduleWithFixedDelay(this::follow, FOLLOW_MS, FOLLOW_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void tend() {
        long now = System.nanoTime();
        for (TownStreams streams : towns.values()) {
            streams.letGo(now);
            if (streams.isBehind()) {
                streams.wake();
            }
            streams.all().forEach(stream -> tend(stream, now));
        }
    }

    /** None keeps the others from being tended. */
    private void tend(Stream stream, long now) {
        try {
            stream.tend(now, settings.heartbeat(), settings.patience());
        } catch (RuntimeException | AssertionError e) {
            LOG.warn("An open page is left, since it could not be tended", e);
            stream.failed(e);
        }
    }

    /** Asks of each notice that somebody follows how far it is: with this at most one event a second leaves for it. */
    private void follow() {
        towns.values().forEach(streams -> streams.follow(progress));
    }

    @Override
    public void start() {
        stopped = false;
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        if (tending != null) {
            tending.shutdownNow();
            tending = null;
        }
        towns.values().forEach(streams -> {
            streams.letGo();
            streams.all().forEach(Stream::close);
        });
    }

    @Override
    public boolean isRunning() {
        return !stopped;
    }

    /** Before the server stops, which waits for its answers. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
