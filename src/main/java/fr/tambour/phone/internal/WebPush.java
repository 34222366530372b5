package fr.tambour.phone.internal;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundClient;
import fr.tambour.outbound.OutboundRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Web Push (RFC 8030): one request a device, encrypted for it alone. */
@Component
class WebPush implements Push {

    private static final Logger log = LoggerFactory.getLogger(WebPush.class);

    private static final int TOO_MANY = 429;

    private final OutboundClient client;
    private final Clock clock;
    private final Supplier<PushTools> tools;

    /** Made by the first push or the first key prepared, so that no start pays for it. */
    WebPush(OutboundClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.tools = SingletonSupplier.of(() -> PushTools.best(clock));
    }

    PushTools tools() {
        return tools.get();
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
        client.post(request, became -> {
            if (told.compareAndSet(false, true)) {
                answer.accept(meaning(became));
            }
        });
    }

    private OutboundRequest request(VapidKey vapid, PushEndpoint endpoint, PushMessage message) {
        PushTools with = tools.get();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ttl", Long.toString(Math.max(0, message.ttl().toSeconds())));
        headers.put("urgency", message.urgency().word());
        if (message.topic() != null) {
            headers.put("topic", message.topic());
        }
        headers.put("content-encoding", "aes128gcm");
        headers.put("content-type", "application/octet-stream");
        headers.put("authorization", with.signer().authorization(vapid, endpoint.address()));
        Agreement agreement =
                with.prepared().take(endpoint).orElseGet(() -> with.encryption().agree(endpoint));
        return new OutboundRequest(
                endpoint.address(), headers, with.encryption().seal(agreement, message.payload()));
    }

    private PushAnswer meaning(OutboundAnswer answer) {
        return switch (answer) {
            case OutboundAnswer.Answered answered -> meaning(answered);
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
                status == TOO_MANY || status / 100 == 5
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
