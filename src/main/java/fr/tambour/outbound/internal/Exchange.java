package fr.tambour.outbound.internal;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundAnswer.Answered;
import fr.tambour.outbound.OutboundAnswer.Expired;
import fr.tambour.outbound.OutboundAnswer.Recalled;
import fr.tambour.outbound.OutboundAnswer.Unanswered;
import fr.tambour.outbound.OutboundAnswer.Unreachable;
import fr.tambour.outbound.OutboundRequest;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and what becomes of it, told once; its origin's thread alone touches it. As soon as the status is known it is
 * what is told, however the body ends: a service that took the message and then falls silent has taken it. What a
 * connection turned away unheard as it went away is sent anew at once, over another one.
 */
final class Exchange {

    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    /** Whoever goes away time and again is told to be unreachable. */
    private static final int MOST_SENDINGS = 3;

    private final String path;
    private final OutboundRequest request;
    private final Limits limits;
    private final long deadline;
    private final Consumer<OutboundAnswer> answer;
    private int sendings;
    private boolean left;
    private boolean told;

    /** Of {@link System#nanoTime()}: since when it waits for a place on a connection, or for the answer. */
    private long since;

    private int status;
    private Map<String, String> headers = Map.of();
    private @Nullable ByteArrayOutputStream body;

    /** @param deadline of {@link System#nanoTime()} */
    Exchange(String path, OutboundRequest request, Limits limits, long deadline, Consumer<OutboundAnswer> answer) {
        this.path = path;
        this.request = request;
        this.limits = limits;
        this.deadline = deadline;
        this.answer = answer;
    }

    String path() {
        return path;
    }

    OutboundRequest request() {
        return request;
    }

    void waits() {
        left = false;
        since = System.nanoTime();
    }

    /** @param now of {@link System#nanoTime()} */
    boolean hasWaitedLongEnough(long now) {
        return now - since >= limits.connect().toNanos() || now - deadline >= 0;
    }

    /** Whether the moment has come by which it had to leave. */
    boolean isTooLate(Instant now) {
        Instant by = request.leaveBy();
        return by != null && !now.isBefore(by);
    }

    /** Whether it may still leave, now that there is a place for it. */
    boolean isWanted() {
        return request.wanted().getAsBoolean();
    }

    void leaves() {
        sendings++;
        left = true;
        since = System.nanoTime();
    }

    /** Whether any of it may have been written since it waited last. */
    boolean mayHaveLeft() {
        return left;
    }

    /** When it left, of {@link System#nanoTime()}. */
    long leftAt() {
        return since;
    }

    /** @param now of {@link System#nanoTime()} */
    boolean isOverdue(long now) {
        return now - since >= limits.answer().toNanos() || now - deadline >= 0;
    }

    /** @param said the value of a header that it came with, by its name in small letters; or null */
    void answers(int answered, Function<String, @Nullable CharSequence> said) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : OutboundAnswer.KEPT) {
            CharSequence value = said.apply(name);
            if (value != null) {
                kept.put(name, value.toString());
            }
        }
        status = answered;
        headers = Map.copyOf(kept);
    }

    boolean isAnswered() {
        return status != 0;
    }

    /**
     * @param last whether nothing follows it
     * @return whether the answer has been told: all of it is there, or as much as is wanted
     */
    boolean takes(ByteBuf part, boolean last) {
        if (body == null) {
            body = new ByteArrayOutputStream();
        }
        int room = request.mostBody() - body.size();
        byte[] wanted = new byte[Math.min(part.readableBytes(), room)];
        part.getBytes(part.readerIndex(), wanted);
        body.writeBytes(wanted);
        boolean tooMuch = part.readableBytes() > room;
        if (tooMuch || last) {
            tellAnswer(!tooMuch);
        }
        return tooMuch || last;
    }

    /** All of the answer is there. */
    void ends() {
        tellAnswer(true);
    }

    /** Nothing more will come, whatever is still missing. */
    private void isCut() {
        tellAnswer(false);
    }

    private void tellAnswer(boolean whole) {
        tell(new Answered(status, headers, body == null ? new byte[0] : body.toByteArray(), whole));
    }

    /** It left, and nothing more will come. */
    void fails(String reason) {
        if (isAnswered()) {
            isCut();
        } else {
            tell(new Unanswered(reason));
        }
    }

    /** RFC 9113 section 8.7: it has not been looked at; to come again at once would be no use. */
    void isRefused() {
        if (isAnswered()) {
            isCut();
        } else {
            tell(new Unreachable("the service takes no more at once"));
        }
    }

    /** @return whether it is worth sending anew, since nobody has looked at it; if not, that has been told */
    boolean maySendAnew() {
        if (isAnswered()) {
            isCut();
            return false;
        }
        if (sendings >= MOST_SENDINGS || System.nanoTime() - deadline >= 0) {
            tell(new Unreachable("the service takes no more at once"));
            return false;
        }
        return true;
    }

    /** It has not left, not all of it, and does not any more. */
    void expires() {
        if (isAnswered()) {
            isCut();
        } else {
            tell(new Expired());
        }
    }

    /** The same, since nobody wants it to leave any more. */
    void isRecalled() {
        if (isAnswered()) {
            isCut();
        } else {
            tell(new Recalled());
        }
    }

    void neverLeft(String reason) {
        tell(new Unreachable(reason));
    }

    private void tell(OutboundAnswer what) {
        if (told) {
            return;
        }
        told = true;
        try {
            answer.accept(what);
        } catch (RuntimeException e) {
            log.error("What became of a request could not be told", e);
        }
    }
}
