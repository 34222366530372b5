package fr.tambour.phone.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is pushed to a device, before encryption.
 *
 * @param payload at most {@value #MOST_BYTES} bytes
 * @param ttl how long the service keeps it for a device that is away (RFC 8030 section 5.2); whole seconds
 * @param urgency RFC 8030 section 5.3
 * @param topic what waits under the same topic is replaced (RFC 8030 section 5.4); at most 32 characters of base64url
 * @param leaveBy from then on it does not leave any more; null for no end
 * @param wanted asked as it is about to leave: whether it still may
 */
public record PushMessage(
        byte[] payload,
        Duration ttl,
        Urgency urgency,
        @Nullable String topic,
        @Nullable Instant leaveBy,
        BooleanSupplier wanted) {

    /** What nobody calls back. */
    public PushMessage(
            byte[] payload, Duration ttl, Urgency urgency, @Nullable String topic, @Nullable Instant leaveBy) {
        this(payload, ttl, urgency, topic, leaveBy, () -> true);
    }

    /** 4,096 of the whole body (RFC 8291 section 4) less 86 of header, 16 of tag and one that ends the padding. */
    public static final int MOST_BYTES = 3_993;

    /** What the device's battery decides by. */
    public enum Urgency {
        VERY_LOW("very-low"),
        LOW("low"),
        NORMAL("normal"),
        HIGH("high");

        private final String word;

        Urgency(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
