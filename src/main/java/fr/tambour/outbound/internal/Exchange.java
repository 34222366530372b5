package fr.tambour.outbound.internal;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundAnswer.Answered;
import fr.tambour.outbound.OutboundAnswer.Unanswered;
import fr.tambour.outbound.OutboundAnswer.Unreachable;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.StreamResetException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and what becomes of it, told once. As soon as the status is known it is what is told, however the body ends:
 * a service that took the message and then falls silent has taken it. What a connection turned away unheard as it went away
 * is sent anew at once, over another one.
 */
final class Exchange {

    /** Whoever goes away time and again is told to be unreachable. */
    private static final int MOST_SENDINGS = 3;

    private final Heard heard;
    private final Limits limits;
    private final long deadline;
    private final Consumer<Exchange> anew;
    private final Consumer<OutboundAnswer> answer;
    private final Consumer<Exchange> over;
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicInteger sendings = new AtomicInteger();
    private final Buffer body = Buffer.buffer();

    /** What left and is waited for; while nothing has, it is our own line that times out. */
    private volatile @Nullable Sent sent;

    private volatile @Nullable Answered status;

    /** @param at of {@link System#nanoTime()} */
    private record Sent(HttpClientRequest request, long at) {}

    /**
     * @param deadline of {@link System#nanoTime()}
     * @param anew sends it once more
     * @param over nothing is left to do for it
     */
    Exchange(
            Heard heard,
            Limits limits,
            long deadline,
            Consumer<Exchange> anew,
            Consumer<OutboundAnswer> answer,
            Consumer<Exchange> over) {
        this.heard = heard;
        this.limits = limits;
        this.deadline = deadline;
        this.anew = anew;
        this.answer = answer;
        this.over = over;
    }

    /** How long it may wait for a place on a connection; zero if its time is over. */
    Duration patienceForAPlace() {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        return left.compareTo(limits.connect()) < 0 ? left : limits.connect();
    }

    void neverLeft(Throwable failure) {
        tell(new Unreachable(
                failure instanceof ConnectionPoolTooBusyException ? "too many wait for it already" : reason(failure)));
    }

    void leaves(HttpClientRequest sending, Buffer content) {
        // Else what fails before the request is complete is written into the log, once for each.
        sending.exceptionHandler(_ -> {});
        sendings.incrementAndGet();
        sent = new Sent(sending, System.nanoTime());
        sending.send(content).onComplete(response -> begins(sending, response), failure -> fails(sending, failure));
    }

    private void begins(HttpClientRequest sending, HttpClientResponse response) {
        heard.from(sending.connection());
        status = new Answered(response.statusCode(), kept(response), new byte[0]);
        response.exceptionHandler(_ -> tellStatus());
        response.endHandler(_ -> tellStatus());
        response.handler(part -> {
            body.appendBuffer(part, 0, Math.min(part.length(), OutboundAnswer.MOST_BODY - body.length()));
            if (body.length() >= OutboundAnswer.MOST_BODY) {
                tellStatus();
                sending.reset();
            }
        });
    }

    private static Map<String, String> kept(HttpClientResponse response) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : OutboundAnswer.KEPT) {
            String value = response.getHeader(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return Map.copyOf(kept);
    }

    private void fails(HttpClientRequest sending, Throwable failure) {
        if (status != null) {
            tellStatus();
        } else if (!isUnheard(sending, failure)) {
            tell(new Unanswered(reason(failure)));
        } else if (isRefused(failure) || sendings.get() >= MOST_SENDINGS || deadline - System.nanoTime() <= 0) {
            tell(new Unreachable("the service takes no more at once"));
        } else if (!told.get()) {
            sent = null;
            anew.accept(this);
        }
    }

    /** Nobody has looked at the request, and nobody will. */
    private boolean isUnheard(HttpClientRequest sending, Throwable failure) {
        return isRefused(failure)
                // It found no place, as the connection was about to go.
                || failure instanceof Http2Exception local && local.error() == Http2Error.REFUSED_STREAM
                || failure instanceof HttpClosedException && heard.refused(sending.connection(), sending.streamId());
    }

    /** RFC 9113 section 8.7: what is refused so has not been looked at; to come again at once would be no use. */
    private static boolean isRefused(Throwable failure) {
        return failure instanceof StreamResetException reset && reset.getCode() == Http2Error.REFUSED_STREAM.code();
    }

    private void tellStatus() {
        @Nullable Answered known = status;
        if (known != null) {
            tell(new Answered(known.status(), known.headers(), body.getBytes()));
        }
    }

    /** @param now of {@link System#nanoTime()} */
    void expire(long now) {
        @Nullable Sent waiting = sent;
        if (waiting == null || now - waiting.at() < limits.answer().toNanos() && now - deadline < 0) {
            return;
        }
        waiting.request().reset();
        HttpConnection connection = waiting.request().connection();
        if (heard.nothingSince(waiting.at(), connection)) {
            connection.close();
        }
        // The body, which belongs to the connection's thread, is left out.
        @Nullable Answered known = status;
        tell(known == null ? new Unanswered("no answer in time") : known);
    }

    void stop() {
        tell(sent == null ? new Unreachable("Tambour is stopping") : new Unanswered("Tambour is stopping"));
    }

    private void tell(OutboundAnswer what) {
        if (told.compareAndSet(false, true)) {
            over.accept(this);
            answer.accept(what);
        }
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
