package fr.tambour.phone.internal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Agreements made while there was nothing to send, {@value #DEEP} for each device, each given out once. They are in memory
 * only: a restored backup must not use one again, and no backup holds one. Bounded: what finds no place is agreed on when
 * it is needed.
 */
@Component
class PreparedKeys {

    static final int DEEP = 2;

    private static final int ONE = P256.POINT + Agreement.MATERIAL;

    private final int most;
    private final ConcurrentMap<Device, Kept> kept = new ConcurrentHashMap<>();
    private final AtomicInteger devices = new AtomicInteger();
    private final AtomicInteger count = new AtomicInteger();

    @Autowired
    PreparedKeys(PhoneSettings settings) {
        this(settings.prepared());
    }

    /** @param most for so many devices, about 330 bytes each */
    PreparedKeys(int most) {
        this.most = most;
    }

    /** A device's two keys, by half of their digest: the keys are somebody else's choice, their digest is not. */
    private record Device(long first, long second) {

        static Device of(PushEndpoint endpoint) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(endpoint.publicKey());
                digest.update(endpoint.secret());
                ByteBuffer half = ByteBuffer.wrap(digest.digest());
                return new Device(half.getLong(), half.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * One after the other, public half and material, so that a million of them are a million arrays and not six.
     *
     * @param pass in which the device was last seen
     */
    private record Kept(byte[] agreements, int pass) {

        int count() {
            return agreements.length / ONE;
        }

        void erase() {
            Arrays.fill(agreements, (byte) 0);
        }

        /** Nothing of what it keeps. */
        @Override
        public String toString() {
            return count() + " agreements";
        }
    }

    /** One that was prepared for this device; from then on it is the caller's alone. */
    Optional<Agreement> take(PushEndpoint endpoint) {
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        Taking taking = new Taking();
        kept.computeIfPresent(Device.of(endpoint), (_, now) -> taking.from(now));
        return Optional.ofNullable(taking.taken);
    }

    /** Runs inside the map's own lock on the device, so no two can take the same. */
    private final class Taking {

        private @Nullable Agreement taken;

        @Nullable
        Kept from(Kept now) {
            int rest = now.agreements().length - ONE;
            byte[] from = now.agreements();
            taken = new Agreement(
                    Arrays.copyOfRange(from, rest, rest + P256.POINT),
                    Arrays.copyOfRange(from, rest + P256.POINT, from.length));
            byte[] left = Arrays.copyOf(from, rest);
            now.erase();
            count.decrementAndGet();
            if (rest == 0) {
                devices.decrementAndGet();
                return null;
            }
            return new Kept(left, now.pass());
        }
    }

    /** How many are still to be prepared for this device; none where there is no room for one more device. */
    int lacking(PushEndpoint endpoint, int pass) {
        @Nullable Kept now = kept.computeIfPresent(Device.of(endpoint), (_, seen) -> new Kept(seen.agreements(), pass));
        if (now == null) {
            return devices.get() < most ? DEEP : 0;
        }
        return DEEP - now.count();
    }

    void add(PushEndpoint endpoint, Agreement agreement, int pass) {
        byte[] ours = agreement.ours();
        byte[] material = agreement.use();
        kept.compute(Device.of(endpoint), (_, now) -> {
            if (now == null && devices.get() >= most || now != null && now.count() >= DEEP) {
                return now;
            }
            if (now == null) {
                devices.incrementAndGet();
            }
            int before = now == null ? 0 : now.agreements().length;
            byte[] grown = now == null ? new byte[ONE] : Arrays.copyOf(now.agreements(), before + ONE);
            System.arraycopy(ours, 0, grown, before, P256.POINT);
            System.arraycopy(material, 0, grown, before + P256.POINT, Agreement.MATERIAL);
            if (now != null) {
                now.erase();
            }
            count.incrementAndGet();
            return new Kept(grown, pass);
        });
        Arrays.fill(material, (byte) 0);
    }

    /** The device is there no more. */
    void forget(PushEndpoint endpoint) {
        kept.computeIfPresent(Device.of(endpoint), (_, now) -> dropped(now));
    }

    /** Whoever was not seen in this pass is subscribed no more. */
    void forgetUnseen(int pass) {
        kept.keySet()
                .forEach(device -> kept.computeIfPresent(device, (_, now) -> now.pass() == pass ? now : dropped(now)));
    }

    private @Nullable Kept dropped(Kept now) {
        devices.decrementAndGet();
        count.addAndGet(-now.count());
        now.erase();
        return null;
    }

    int devices() {
        return devices.get();
    }

    /** How many agreements there are. */
    int count() {
        return count.get();
    }
}
