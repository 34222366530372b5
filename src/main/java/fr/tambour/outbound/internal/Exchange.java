package fr.tambour.outbound.internal;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundAnswer.Answered;
import fr.tambour.outbound.OutboundAnswer.Unanswered;
import fr.tambour.outbound.OutboundAnswer.Unreachable;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.StreamResetException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and what becomes of it, told once. As soon as the status is known it is what is told, however the body ends:
 * a service that took the message and then falls silent has taken it.
 */
final class Exchange {

    private final Heard heard;
    private final Duration patience;
    private final Consumer<OutboundAnswer> answer;
    private final Consumer<Exchange> over;
    private final AtomicBoolean told = new AtomicBoolean();

    /** Of {@link System#nanoTime()}; while nothing has left, there is the connect timeout instead. */
    private volatile long left;

    private volatile @Nullable HttpClientRequest request;
    private volatile @Nullable Answered status;
    private final Buffer body = Buffer.buffer();

    Exchange(Heard heard, Duration patience, Consumer<OutboundAnswer> answer, Consumer<Exchange> over) {
        this.heard = heard;
        this.patience = patience;
        this.answer = answer;
        this.over = over;
    }

    void neverLeft(Throwable failure) {
        tell(new Unreachable(reason(failure)));
    }

    void leaves(HttpClientRequest sending, Buffer content) {
        left = System.nanoTime();
        request = sending;
        if (told.get()) {
            sending.reset();
            return;
        }
        sending.send(content).onComplete(response -> begins(sending, response), this::fails);
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

    private void fails(Throwable failure) {
        if (status != null) {
            tellStatus();
        } else if (failure instanceof StreamResetException reset
                && reset.getCode() == Http2Error.REFUSED_STREAM.code()) {
            // RFC 9113 section 8.7: what is refused so has not been looked at.
            tell(new Unreachable("the service takes no more at once"));
        } else {
            tell(new Unanswered(reason(failure)));
        }
    }

    private void tellStatus() {
        @Nullable Answered known = status;
        if (known != null) {
            tell(new Answered(known.status(), known.headers(), body.getBytes()));
        }
    }

    /** @param now of {@link System#nanoTime()} */
    void expire(long now) {
        @Nullable HttpClientRequest sending = request;
        if (sending == null || now - left < patience.toNanos()) {
            return;
        }
        sending.reset();
        HttpConnection connection = sending.connection();
        if (heard.nothingSince(left, connection)) {
            connection.close();
        }
        // The body, which belongs to the connection's thread, is left out.
        @Nullable Answered known = status;
        tell(known == null ? new Unanswered("no answer in " + patience.toMillis() + " ms") : known);
    }

    void stop() {
        tell(request == null ? new Unreachable("Tambour is stopping") : new Unanswered("Tambour is stopping"));
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
