package fr.tambour.outbound.internal;

import java.time.Duration;

/** One connection over which requests leave; its loop's thread alone touches it. */
interface Link {

    /** Without a request that long, a connection is closed. */
    long IDLE_NANOS = Duration.ofMinutes(1).toNanos();

    /** Whether the request could leave at once. */
    boolean hasRoom(Exchange exchange);

    /** It has room for it. What throws before the exchange {@linkplain Exchange#leaves leaves} has written nothing. */
    void send(Exchange exchange);

    /** What was sent leaves together. */
    void flush();

    /** Whether more requests may leave over it, now or later. */
    boolean stays();

    /** @param now of {@link System#nanoTime()} */
    void sweep(long now);

    /** The connection is gone: whoever waits for an answer is told. */
    void ended();

    void close();
}
