package fr.tambour.live.internal;

import fr.tambour.live.LiveSettings;
import fr.tambour.notice.NoticeId;
import fr.tambour.town.HostName;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Edge;
import fr.tambour.ui.Network;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Turnstile;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.util.function.SingletonSupplier;

/**
 * Stands in front of the servlets and answers what needs none of them, on the thread that reads from the network: event
 * streams, and what is in memory. It waits for nothing. All else goes on with a thread of its own, up to a limit.
 */
final class Front extends Handler.Wrapper {

    /** Request attribute: the town's counter as it was before the page was made. */
    static final String SINCE = "fr.tambour.live.since";

    private static final String DIRECT = "/direct";
    private static final Pattern STREAM = Pattern.compile("(?:/[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2})?" + DIRECT);
    private static final Pattern AFTER = Pattern.compile("(?:^|&)depuis=([0-9]+)(?:&|$)");
    private static final Pattern FOLLOWED = Pattern.compile("(?:^|&)suit=([0-9a-z]{13})(?:&|$)");
    private static final Pattern COUNTER = Pattern.compile("[0-9]+");
    private static final String RETRY_SECONDS = "5";

    /** What is made for many at once still goes on when the rest is shed: up to a quarter more. */
    private static final int FOR_MANY = 4;

    /** What is asked of the studio and the API at once: those who ask wait for one of a few hundred threads. */
    private static final int MOST_OF_STAFF = 2_000;

    private static final int MOST_OF_STAFF_FROM_ONE = 200;

    private final Supplier<Streams> streams;
    private final Supplier<HotPages> pages;
    private final Supplier<Towns> towns;
    private final Pulse pulse;
    private final Edge edge;
    private final int most;
    private final AtomicInteger rendering = new AtomicInteger();
    private final Turnstile readers;
    private final Turnstile makers;
    private final Turnstile staff;
    private final Counts counts;
    private final HotPages.Onward onward = new Onward();

    /** What is asked for with each request comes to life with the first: the server listens before. */
    Front(
            ObjectProvider<Streams> streams,
            ObjectProvider<HotPages> pages,
            ObjectProvider<Towns> towns,
            Pulse pulse,
            Counts counts,
            Edge edge,
            LiveSettings settings) {
        // Kept: to look for a part takes Spring longer than most answers from memory.
        this.streams = SingletonSupplier.of(streams::getObject);
        this.pages = SingletonSupplier.of(pages::getObject);
        this.towns = SingletonSupplier.of(towns::getObject);
        this.pulse = pulse;
        this.edge = edge;
        this.counts = counts;
        this.most = settings.rendering();
        // One address has half of either; who waits for what another has begun is not counted.
        this.readers = new Turnstile(most, (most + 1) / 2);
        this.makers = new Turnstile(most + most / FOR_MANY, (most + 1) / 2);
        this.staff = new Turnstile(MOST_OF_STAFF, MOST_OF_STAFF_FROM_ONE);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (path != null && path.endsWith(DIRECT) && STREAM.matcher(path).matches()) {
            Optional<Town> town = town(request);
            if (town.isPresent()) {
                stream(town.get(), request, response, callback);
                return true;
            }
        }
        if (!pages.get().handle(request, response, callback, onward)) {
            onward.pass(request, response, callback);
        }
        return true;
    }

    private void stream(Town town, Request request, Response response, Callback callback) {
        throwAwayWhatComesWith(request);
        boolean head = HttpMethod.HEAD.is(request.getMethod());
        if (!head && !HttpMethod.GET.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            edge.refuse(request, response, callback, 405);
        } else if (head) {
            edge.fields().forEach((name, value) -> response.getHeaders().put(name, value));
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream;charset=utf-8");
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            response.write(true, BufferUtil.EMPTY_BUFFER, callback);
        } else {
            streams.get()
                    .open(
                            town.id(),
                            since(request),
                            followed(request),
                            edge.fields(),
                            request,
                            response,
                            callback,
                            () -> edge.refuse(request, response, callback, 503));
        }
    }

    /**
     * Over HTTP/2 whatever a request brings takes memory until somebody reads it; what is answered here has no use for it.
     */
    static void throwAwayWhatComesWith(Request request) {
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            Content.Source.consumeAll(request, Callback.NOOP);
        }
    }

    /** Where a browser lost the stream, else what the page says that it knows, else -1. */
    private static long since(Request request) {
        String last = request.getHeaders().get("Last-Event-ID");
        if (last != null && COUNTER.matcher(last).matches()) {
            return counter(last);
        }
        String query = request.getHttpURI().getQuery();
        Matcher after = AFTER.matcher(query == null ? "" : query);
        return after.find() ? counter(after.group(1)) : -1;
    }

    /** What is more than any counter is ahead of all of them. */
    private static long counter(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** The notice whose way out the page shows. */
    private static @Nullable NoticeId followed(Request request) {
        String query = request.getHttpURI().getQuery();
        Matcher notice = FOLLOWED.matcher(query == null ? "" : query);
        return notice.find() ? NoticeId.ofRef(notice.group(1)).orElse(null) : null;
    }

    private Optional<Town> town(Request request) {
        return towns.get().byHost(HostName.ofHeader(Request.getServerName(request)));
    }

    private static boolean isPublic(String path) {
        return !Scope.isStudio(path) && !Scope.isApi(path);
    }

    /** In the studio a form that was sent may come back as a page. */
    private static boolean mayBecomePage(String method, String path) {
        return path.lastIndexOf('.') < path.lastIndexOf('/')
                && (Scope.isStudio(path) || isPublic(path) && HttpMethod.GET.is(method));
    }

    private final class Onward implements HotPages.Onward {

        @Override
        public void pass(Request request, Response response, Callback callback) {
            boolean counted = isPublic(String.valueOf(Request.getPathInContext(request)));
            pass(
                    counted ? readers : staff,
                    counted ? most : Integer.MAX_VALUE,
                    () -> {},
                    new CompletableFuture<>(),
                    request,
                    response,
                    callback);
        }

        @Override
        public void refuse(Request request, Response response, Callback callback) {
            counts.answered(Counts.Answer.SHED);
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
            edge.refuse(request, response, callback, 503);
        }

        @Override
        public void passAfter(
                Runnable first, CompletableFuture<Void> made, Request request, Response response, Callback callback) {
            request.setAttribute(Edge.FOR_MANY, Boolean.TRUE);
            pass(makers, most + most / FOR_MANY, first, made, request, response, callback);
        }

        /** @param over when others may have the place: at the latest when the exchange is over */
        private void pass(
                Turnstile turnstile,
                int limit,
                Runnable first,
                CompletableFuture<Void> over,
                Request request,
                Response response,
                Callback callback) {
            Request.addCompletionListener(request, failure -> over.complete(null));
            String address = Network.of(Request.getRemoteAddr(request));
            if (turnstile.enter(address) != Turnstile.Entry.IN) {
                refuse(request, response, callback);
                return;
            }
            over.thenRun(() -> turnstile.leave(address));
            String path = String.valueOf(Request.getPathInContext(request));
            if (isPublic(path)) {
                if (rendering.incrementAndGet() > limit) {
                    rendering.decrementAndGet();
                    refuse(request, response, callback);
                    return;
                }
                over.thenRun(rendering::decrementAndGet);
                counts.answered(Counts.Answer.APPLICATION);
            }
            try {
                request.getComponents().getExecutor().execute(() -> {
                    first.run();
                    go(path, request, response, callback);
                });
            } catch (RejectedExecutionException e) {
                refuse(request, response, callback);
            }
        }

        private void go(String path, Request request, Response response, Callback callback) {
            try {
                boolean taken;
                if (mayBecomePage(request.getMethod(), path)) {
                    remember(request);
                }
                if (isPublic(path) || isSafe(request.getMethod())) {
                    taken = Front.super.handle(request, response, callback);
                } else {
                    Written written = new Written(request, response);
                    taken = Front.super.handle(request, written, Callback.from(written::tell, callback));
                }
                if (!taken) {
                    Response.writeError(request, response, callback, 404);
                }
            } catch (Throwable e) {
                Response.writeError(request, response, callback, e);
            }
        }

        /** What the page will show is at least as new as this. */
        private void remember(Request request) {
            try {
                town(request)
                        .ifPresent(
                                town -> request.setAttribute(SINCE, towns.get().counter(town.id())));
            } catch (DataAccessException | TransactionException e) {
                // Whoever makes the page says what is wrong with the database; this one is not told of changes.
                request.removeAttribute(SINCE);
            }
        }
    }

    private static boolean isSafe(String method) {
        return HttpMethod.GET.is(method) || HttpMethod.HEAD.is(method) || HttpMethod.OPTIONS.is(method);
    }

    /** Whoever has written something in the studio, in whatever module, sees it on the next request, and so does everybody. */
    private final class Written extends Response.Wrapper {

        private final AtomicBoolean told = new AtomicBoolean();

        Written(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer bytes, Callback callback) {
            tell();
            super.write(last, bytes, callback);
        }

        void tell() {
            if (getStatus() < 400 && !told.getAndSet(true)) {
                town(getRequest()).ifPresentOrElse(town -> pulse.changed(town.id()), pulse::changed);
            }
        }
    }
}
