package fr.tambour.outbound.internal;

import fr.tambour.outbound.OutboundAnswer;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One name at its addresses: who waits for a place on a connection, and the connections. Its loop's thread alone touches it.
 */
final class Origin {

    private static final Logger log = LoggerFactory.getLogger(Origin.class);

    /** Beside those that take requests, so many may be on their way out, finishing what they still look at. */
    private static final int MOST_LEAVING = 6;

    /** After a connection that was not to be had, while others stand or are being opened. */
    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private static final int MOST_CAUSES = 10;

    private final Key key;
    private final Limits limits;
    private final InstantSource clock;
    private final BiConsumer<Origin, Opening> connect;
    private final Runnable over;
    private final Deque<Exchange> line = new ArrayDeque<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Opening> openings = new ArrayList<>();

    /** What the connection that was opened last speaks: whether it carries one request at a time. */
    private boolean oneAtATime;

    private long notBefore = System.nanoTime();

    /** Of its addresses the one that let in last, or the first that has not failed since. */
    private int best;

    /** @param host in small letters, an IPv6 address without its brackets */
    record Key(boolean tls, String host, int port, List<InetAddress> addresses) {

        /** As a request names it (RFC 3986 section 3.2). */
        String authority() {
            String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
            return tls && port == Target.HTTPS ? name : name + ":" + port;
        }
    }

    /**
     * @param connect begins to connect, and tells the opening what comes of it
     * @param over nobody waits and nothing is connected
     */
    Origin(Key key, Limits limits, InstantSource clock, BiConsumer<Origin, Opening> connect, Runnable over) {
        this.key = key;
        this.limits = limits;
        this.clock = clock;
        this.connect = connect;
        this.over = over;
    }

    Key key() {
        return key;
    }

    Limits limits() {
        return limits;
    }

    /** By which it is told whether a request may still leave. */
    Instant now() {
        return clock.instant();
    }

    void post(Exchange exchange) {
        exchange.waits();
        if (line.size() >= limits.waiting()) {
            exchange.neverLeft("too many wait for it already");
            return;
        }
        line.add(exchange);
        pump();
    }

    /** Before all others: it has waited already. */
    void sendAnew(Exchange exchange) {
        exchange.waits();
        line.addFirst(exchange);
    }

    /** Lets leave who finds a place, and opens what connections it takes. */
    void pump() {
        Instant now = line.isEmpty() ? Instant.MIN : now();
        while (!line.isEmpty()) {
            Exchange first = line.element();
            if (first.isTooLate(now)) {
                line.remove().expires();
                continue;
            }
            @Nullable Link link = roomFor(first);
            if (link == null) {
                break;
            }
            line.remove();
            if (!leave(first, link)) {
                // Where memory is short it is so for whoever comes behind, too: they wait a moment.
                break;
            }
        }
        links.forEach(Link::flush);
        while (mayOpen()) {
            Opening opening = new Opening();
            openings.add(opening);
            connect.accept(this, opening);
        }
    }

    /**
     * Here nobody waits for it any more, there nobody may yet: whatever goes wrong in between, it is answered for.
     *
     * @return whether nothing went wrong
     */
    private boolean leave(Exchange exchange, Link link) {
        try {
            // Not before: that nobody lets it in is worth knowing, wanted or not.
            if (exchange.isWanted()) {
                link.send(exchange);
            } else {
                exchange.isRecalled();
            }
            return true;
        } catch (RuntimeException | Error e) {
            if (exchange.mayHaveLeft()) {
                log.error("A request to {} is in doubt, and its connection is closed", key.host(), e);
                exchange.fails("it could not leave: " + e);
                link.close();
            } else {
                log.warn("A request to {} could not leave: {}", key.host(), e.toString());
                exchange.neverLeft("it could not leave: " + e);
            }
            return false;
        }
    }

    private @Nullable Link roomFor(Exchange exchange) {
        for (Link link : links) {
            if (link.hasRoom(exchange)) {
                return link;
            }
        }
        return null;
    }

    private boolean mayOpen() {
        if (openings.size() >= line.size()
                || !(links.isEmpty() && openings.isEmpty()) && System.nanoTime() - notBefore < 0
                || roomFor(line.element()) != null) {
            return false;
        }
        long staying = links.stream().filter(Link::stays).count();
        if (links.size() - staying >= MOST_LEAVING) {
            return false;
        }
        return oneAtATime
                ? staying + openings.size() < limits.http1Connections()
                : openings.isEmpty() && staying < limits.http2Connections();
    }

    /** @param now of {@link System#nanoTime()} */
    void sweep(long now) {
        Instant today = now();
        for (Iterator<Exchange> waiting = line.iterator(); waiting.hasNext(); ) {
            Exchange exchange = waiting.next();
            if (exchange.isTooLate(today)) {
                waiting.remove();
                exchange.expires();
            } else if (exchange.hasWaitedLongEnough(now)) {
                waiting.remove();
                exchange.neverLeft("no place on a connection in time");
            }
        }
        List.copyOf(links).forEach(link -> link.sweep(now));
        pump();
        endIfIdle();
    }

    void stop(String reason) {
        failLine(reason);
        List.copyOf(openings).forEach(Opening::close);
        List.copyOf(links).forEach(Link::close);
    }

    private void failLine(String reason) {
        while (!line.isEmpty()) {
            line.remove().neverLeft(reason);
        }
    }

    private void endIfIdle() {
        if (line.isEmpty() && links.isEmpty() && openings.isEmpty()) {
            over.run();
        }
    }

    /** A connection from the first attempt to its end. */
    final class Opening {

        private @Nullable Channel channel;
        private @Nullable Link link;
        private int at = best;
        private int tries;
        private boolean closed;
        private final long until = System.nanoTime() + limits.connect().toNanos();
        private String reason = "the connection was closed";

        InetAddress address() {
            return key.addresses().get(at);
        }

        /** How long it may take to be let in at this address, so that there is time left for the others. */
        Duration patience() {
            long left = Math.max(0, until - System.nanoTime());
            return Duration.ofNanos(left / (key.addresses().size() - tries));
        }

        /** Until it carries requests, whatever address it is at. */
        Duration left() {
            return Duration.ofNanos(Math.max(0, until - System.nanoTime()));
        }

        /** Nobody let it in here. @return whether it is to be tried at the next address */
        boolean goesOn() {
            tries++;
            if (best == at) {
                best = (at + 1) % key.addresses().size();
            }
            at = (at + 1) % key.addresses().size();
            return link == null && !closed && tries < key.addresses().size() && System.nanoTime() - until < 0;
        }

        void begins(Channel connecting) {
            channel = connecting;
        }

        /** Why it will end, if it ends before it carries requests. */
        void fails(Throwable failure) {
            if (link == null && !reason.equals(OutboundAnswer.BAD_CERTIFICATE)) {
                String message = failure.getMessage();
                reason = isAboutCertificates(failure)
                        ? OutboundAnswer.BAD_CERTIFICATE
                        : failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
            }
        }

        private static boolean isAboutCertificates(Throwable failure) {
            return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                    .limit(MOST_CAUSES)
                    .anyMatch(cause -> cause instanceof CertificateException
                            || cause instanceof CertPathValidatorException
                            || cause instanceof CertPathBuilderException);
        }

        /** From now on it carries requests. */
        void carries(Link ready, boolean one) {
            link = ready;
            best = at;
            oneAtATime = one;
            openings.remove(this);
            links.add(ready);
            pump();
        }

        boolean isReady() {
            return link != null;
        }

        /** Once, when its channel has been closed. */
        void ends() {
            openings.remove(this);
            if (link != null) {
                links.remove(link);
                link.ended();
            } else {
                notBefore = System.nanoTime() + PAUSE_NANOS;
                if (links.isEmpty() && openings.isEmpty()) {
                    failLine(reason);
                }
            }
            pump();
            endIfIdle();
        }

        void close() {
            closed = true;
            if (channel != null) {
                channel.close();
            }
        }
    }
}
