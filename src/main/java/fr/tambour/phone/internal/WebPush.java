package fr.tambour.phone.internal;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundClient;
import fr.tambour.outbound.OutboundRequest;
import fr.tambour.outbound.RetryAfter;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Web Push (RFC 8030): one request a device, encrypted for it alone. */
@Component
class WebPush implements Push {

    private static final Logger log = LoggerFactory.getLogger(WebPush.class);

    private final OutboundClient client;
    private final PushTools tools;
    private final PreparedKeys prepared;
    private final Unprepared unprepared;
    private final Clock clock;

    WebPush(OutboundClient client, PushTools tools, PreparedKeys prepared, Unprepared unprepared, Clock clock) {
        this.client = client;
        this.tools = tools;
        this.prepared = prepared;
        this.unprepared = unprepared;
        this.clock = clock;
    }

    @Override
    public void send(VapidKey vapid, PushEndpoint endpoint, PushMessage message, Consumer<PushAnswer> answer) {
        if (message.payload().length > PushMessage.MOST_BYTES) {
            answer.accept(new PushAnswer.TooLarge());
            return;
        }
        OutboundRequest request;
        try {
            request = request(vapid, endpoint, message);
        } catch (Encryption.UnusableKeys e) {
            answer.accept(new PushAnswer.Refused(PushAnswer.Refused.HERE));
            return;
        } catch (RuntimeException e) {
            log.error("A push could not be made and was not sent", e);
            answer.accept(new PushAnswer.Unreachable("the push could not be made"));
            return;
        }
        AtomicBoolean told = new AtomicBoolean();
        client.send(request, became -> {
            if (told.compareAndSet(false, true)) {
                PushAnswer means = meaning(became);
                if (means instanceof PushAnswer.Gone) {
                    prepared.forget(endpoint);
                }
                answer.accept(means);
            }
        });
    }

    private OutboundRequest request(VapidKey vapid, PushEndpoint endpoint, PushMessage message) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ttl", Long.toString(Math.max(0, message.ttl().toSeconds())));
        headers.put("urgency", message.urgency().word());
        if (message.topic() != null) {
            headers.put("topic", message.topic());
        }
        headers.put("content-encoding", "aes128gcm");
        headers.put("content-type", "application/octet-stream");
        headers.put("authorization", tools.signer().authorization(vapid, endpoint.address()));
        return new OutboundRequest(
                endpoint.address(),
                headers,
                tools.encryption().seal(agreement(endpoint), message.payload()),
                message.leaveBy(),
                message.wanted());
    }

    /** Serves this one message, whatever becomes of it. */
    private Agreement agreement(PushEndpoint endpoint) {
        Optional<Agreement> ready = prepared.take(endpoint);
        if (ready.isPresent()) {
            unprepared.add(endpoint);
            return ready.get();
        }
        return tools.encryption().agree(endpoint);
    }

    private PushAnswer meaning(OutboundAnswer answer) {
        return switch (answer) {
            case OutboundAnswer.Answered answered -> meaning(answered);
            case OutboundAnswer.Expired() -> new PushAnswer.Expired();
            case OutboundAnswer.Recalled() -> new PushAnswer.Recalled();
            case OutboundAnswer.Unreachable(String reason) -> new PushAnswer.Unreachable(reason);
            case OutboundAnswer.Unanswered(String reason) -> new PushAnswer.Unanswered(reason);
        };
    }

    private PushAnswer meaning(OutboundAnswer.Answered answered) {
        int status = answered.status();
        return switch (status) {
            case 200, 201, 202 -> new PushAnswer.Accepted();
            case 404, 410 -> new PushAnswer.Gone();
            case 413 -> new PushAnswer.TooLarge();
            default ->
                status == PushAnswer.Later.TOO_MANY || status / 100 == 5
                        ? new PushAnswer.Later(status, after(answered))
                        : new PushAnswer.Refused(status);
        };
    }

    private @Nullable Duration after(OutboundAnswer.Answered answered) {
        return answered.header("retry-after")
                .flatMap(value -> RetryAfter.of(value, clock.instant()))
                .orElse(null);
    }
}
