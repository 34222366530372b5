package fr.tambour.ui.internal;

import fr.tambour.ui.DirectTaker;
import fr.tambour.ui.FormGate;
import fr.tambour.ui.Network;
import fr.tambour.ui.Turnstile;
import java.nio.ByteBuffer;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * A form, or whatever else is sent, gets a thread once it has arrived whole. Otherwise two hundred senders that let a byte
 * drop every half minute would hold all threads, and nobody could read anything. What arrives is bounded, in all, from one
 * address and in time (a reverse proxy has read the body before it asks us): who comes on top of that is told at once to
 * come again.
 *
 * <p>What comes from somebody who may not bring it is not kept at all: the request goes on without its content, to be
 * refused like any other, and what still comes is thrown away.
 */
final class ArrivingBodies extends Handler.Wrapper {

    private static final int AT_ONCE = 256;
    private static final int AT_ONCE_FROM_ONE = 48;

    private static final int MOST_FIELDS = 2_000;

    /** Bytes of a form that is no multipart: none of ours without a file is larger. */
    private static final int MOST_BYTES = 200_000;

    /** Of a picture, with room above what `media` takes, so that it can say so. */
    private static final long MOST_BYTES_OF_PART = 21 << 20;

    private static final long MOST_BYTES_OF_PARTS = 22 << 20;

    /** Of what is no form. The API refuses JSON well before that, in its own words. */
    private static final int MOST_BYTES_OF_OTHERS = 1 << 20;

    /** What is too large is read to its end up to here. */
    private static final long MOST_BYTES_DISCARDED = 50 << 20;

    /** What is larger waits on disk. */
    private static final long MOST_BYTES_IN_MEMORY = 16 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(ArrivingBodies.class);
    private static final String ARRIVING = ArrivingBodies.class.getName();
    private static final String BROKEN_OFF = ARRIVING + ".brokenOff";

    private final UnreadableRequests refusals;
    private final Supplier<List<FormGate>> gates;
    private final Supplier<List<DirectTaker>> takers;
    private final Pace pace;
    private final Handler.Wrapper arrived = new Arrived();
    private final Turnstile turnstile = new Turnstile(AT_ONCE, AT_ONCE_FROM_ONE);

    /**
     * @param gates asked for with the first body: they come to life after the server
     * @param takers likewise
     */
    ArrivingBodies(
            UnreadableRequests refusals,
            Pace pace,
            Supplier<List<FormGate>> gates,
            Supplier<List<DirectTaker>> takers) {
        this.refusals = refusals;
        this.pace = pace;
        this.gates = gates;
        this.takers = takers;
        EagerContentHandler reading = new EagerContentHandler(
                new EagerContentHandler.FormContentLoaderFactory(MOST_FIELDS, MOST_BYTES),
                new EagerContentHandler.MultiPartContentLoaderFactory(new MultiPartConfig.Builder()
                        .location(Path.of(System.getProperty("java.io.tmpdir")))
                        .maxParts(MOST_FIELDS)
                        .maxPartSize(MOST_BYTES_OF_PART)
                        .maxSize(MOST_BYTES_OF_PARTS)
                        .maxMemoryPartSize(MOST_BYTES_IN_MEMORY)
                        .build()),
                new WholeBody(MOST_BYTES_OF_OTHERS, MOST_BYTES_DISCARDED));
        reading.setHandler(arrived);
        setHandler(reading);
    }

    @Override
    public boolean handle(Request arriving, Response response, Callback callback) throws Exception {
        FormGate.Kind kind = kind(arriving);
        Request request = Announced.isNeeded(arriving, kind) ? new Announced(arriving) : arriving;
        if (kind == FormGate.Kind.OTHER && !hasBody(request)) {
            return super.handle(request, response, callback);
        }
        if (kind != FormGate.Kind.OTHER && !isText(request)) {
            refusals.refuse(request, response, callback, 400);
            return true;
        }
        if (!isWorthReading(request, kind)) {
            Callback answered = Callback.from(() -> after(request, callback), callback::failed);
            return arrived.handle(new Unread(request), response, answered);
        }
        String address = Network.of(Request.getRemoteAddr(request));
        if (turnstile.enter(address) != Turnstile.Entry.IN) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
            refusals.refuse(request, response, callback, 429);
            return true;
        }
        long most = most(kind);
        AtomicBoolean still = new AtomicBoolean(true);
        Scheduler.Task late =
                pace.leaveUnlessDone(request, request.getLength() < 0 ? most : Math.min(request.getLength(), most));
        Runnable arrived = () -> {
            if (still.getAndSet(false)) {
                late.cancel();
                turnstile.leave(address);
            }
        };
        request.setAttribute(ARRIVING, arrived);
        Request.addCompletionListener(request, failure -> arrived.run());
        if (kind != FormGate.Kind.OTHER && request.getLength() > most && request.getLength() <= MOST_BYTES_DISCARDED) {
            // To its end: who still sends would not see the answer.
            Runnable answer = () -> refusals.refuse(request, response, callback, 413);
            Content.Source.consumeAll(request, Callback.from(answer, failure -> answer.run()));
            return true;
        }
        return super.handle(new Watched(request), response, callback);
    }

    private boolean isWorthReading(Request request, FormGate.Kind kind) {
        Map<String, String> cookies = new HashMap<>();
        Request.getCookies(request).forEach(cookie -> cookies.put(cookie.getName(), cookie.getValue()));
        FormGate.Form form = new FormGate.Form(
                Request.getServerName(request),
                Request.getPathInContext(request),
                kind,
                request.getHeaders().get(HttpHeader.AUTHORIZATION),
                cookies);
        try {
            return gates.get().stream().anyMatch(gate -> gate.opens(form));
        } catch (DataAccessException | TransactionException e) {
            // Whoever handles the request says what is wrong with the database.
            LOG.debug("A body was read without asking who brings it", e);
            return true;
        }
    }

    /** Who waits to be told to go on (RFC 9110 10.1.1) has sent nothing. */
    private static void after(Request request, Callback callback) {
        if (request.getHeaders().contains(HttpHeader.EXPECT)) {
            callback.succeeded();
        } else {
            Unread.discard(request, MOST_BYTES_DISCARDED, callback);
        }
    }

    private static FormGate.Kind kind(Request request) {
        HttpField field = request.getHeaders().getField(HttpHeader.CONTENT_TYPE);
        String type = field == null ? null : MimeTypes.getMimeTypeAsStringFromContentType(field);
        if (MimeTypes.Type.FORM_ENCODED.is(type)) {
            return FormGate.Kind.FIELDS;
        }
        return MimeTypes.Type.MULTIPART_FORM_DATA.is(type) ? FormGate.Kind.FILES : FormGate.Kind.OTHER;
    }

    private static long most(FormGate.Kind kind) {
        return switch (kind) {
            case FIELDS -> MOST_BYTES;
            case FILES -> MOST_BYTES_OF_PARTS;
            case OTHER -> MOST_BYTES_OF_OTHERS;
        };
    }

    private static boolean hasBody(Request request) {
        return request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
                || request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > 0;
    }

    /** In a character set that there is. */
    private static boolean isText(Request request) {
        try {
            Request.getCharset(request);
            return true;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return false;
        }
    }

    /**
     * Over HTTP/2 a body may come without a word beforehand: what may have one is as if it had said so, and turns out to have
     * none when it has arrived.
     */
    private static final class Announced extends Request.Wrapper {

        private final HttpFields fields;

        Announced(Request request) {
            super(request);
            this.fields = HttpFields.build(request.getHeaders())
                    .put(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString())
                    .asImmutable();
        }

        static boolean isNeeded(Request request, FormGate.Kind kind) {
            return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2
                    && !request.getHeaders().contains(HttpHeader.CONTENT_LENGTH)
                    && (kind != FormGate.Kind.OTHER
                            || !HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod()));
        }

        @Override
        public HttpFields getHeaders() {
            return fields;
        }
    }

    /** Remembers that the rest will not come. */
    private static final class Watched extends Request.Wrapper {

        Watched(Request request) {
            super(request);
        }

        @Override
        public Content.@Nullable Chunk read() {
            Content.@Nullable Chunk chunk = super.read();
            if (Content.Chunk.isFailure(chunk)) {
                setAttribute(BROKEN_OFF, chunk.getFailure());
            }
            return chunk;
        }
    }

    /** What broke off goes no further: Jetty's servlets would put a trace into the log for each. */
    private final class Arrived extends Handler.Wrapper {

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (request.getAttribute(ARRIVING) instanceof Runnable arrived) {
                arrived.run();
            }
            Object brokenOff = request.getAttribute(BROKEN_OFF);
            if (brokenOff != null) {
                refusals.refuse(request, response, callback, brokenOff instanceof TimeoutException ? 408 : 400);
                return true;
            }
            if (request instanceof WholeBody.Read whole && isTaken(whole, response, callback)) {
                return true;
            }
            return super.handle(request, response, callback);
        }

        private boolean isTaken(WholeBody.Read request, Response response, Callback callback) {
            DirectTaker.Arrived arrived = arrived(request);
            Optional<CompletableFuture<DirectTaker.Answer>> answer = takers.get().stream()
                    .flatMap(taker -> taker.take(arrived).stream())
                    .findFirst();
            answer.ifPresent(coming -> coming.whenComplete((told, failure) -> {
                if (failure == null) {
                    write(told, response, callback);
                } else {
                    LOG.warn("What was sent to {} could not be taken", arrived.path(), failure);
                    refusals.refuse(request, response, callback, 500);
                }
            }));
            return answer.isPresent();
        }

        private void write(DirectTaker.Answer answer, Response response, Callback callback) {
            response.setStatus(answer.status());
            refusals.fields().forEach((name, value) -> response.getHeaders().put(name, value));
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            answer.fields().forEach((name, value) -> response.getHeaders().put(name, value));
            response.write(true, ByteBuffer.wrap(answer.body()), callback);
        }

        private static DirectTaker.Arrived arrived(WholeBody.Read request) {
            HttpURI uri = request.getHttpURI();
            Map<String, List<String>> headers = new HashMap<>();
            request.getHeaders()
                    .forEach(field -> headers.computeIfAbsent(field.getLowerCaseName(), name -> new ArrayList<>())
                            .add(String.valueOf(field.getValue())));
            String host = Request.getServerName(request);
            return new DirectTaker.Arrived(
                    request.getMethod(),
                    Request.getRemoteAddr(request),
                    uri.getScheme(),
                    host,
                    Objects.requireNonNullElseGet(
                            request.getHeaders().get(HttpHeader.HOST),
                            () -> Objects.requireNonNullElse(uri.getAuthority(), host)),
                    Request.getPathInContext(request),
                    uri.getPathQuery(),
                    headers,
                    request.bytes());
        }
    }
}
