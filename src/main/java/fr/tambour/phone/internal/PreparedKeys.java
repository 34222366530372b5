package fr.tambour.phone.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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

    private final int most;
    private final ConcurrentMap<Device, Kept> kept = new ConcurrentHashMap<>();
    private final AtomicInteger devices = new AtomicInteger();
    private final AtomicInteger count = new AtomicInteger();

    @Autowired
    PreparedKeys(PhoneSettings settings) {
        this(settings.prepared());
    }

    /** @param most for so many devices, about 350 bytes each */
    PreparedKeys(int most) {
        this.most = most;
    }

    /**
     * A device's key, by half of its abscissa, and its secret. Comparable, since strangers choose both: however many of them
     * have the same hash, they are found quickly.
     */
    private record Device(long x, long y, long first, long second) implements Comparable<Device> {

        private static final Comparator<Device> ORDER = Comparator.comparingLong(Device::x)
                .thenComparingLong(Device::y)
                .thenComparingLong(Device::first)
                .thenComparingLong(Device::second);

        /** @throws Encryption.UnusableKeys if they have not the length of keys */
        static Device of(PushEndpoint endpoint) {
            if (endpoint.publicKey().length != P256.POINT || endpoint.secret().length != Encryption.SECRET) {
                throw new Encryption.UnusableKeys();
            }
            ByteBuffer key = ByteBuffer.wrap(endpoint.publicKey());
            ByteBuffer secret = ByteBuffer.wrap(endpoint.secret());
            return new Device(
                    key.getLong(1), key.getLong(1 + Long.BYTES), secret.getLong(0), secret.getLong(Long.BYTES));
        }

        @Override
        public int compareTo(Device other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * One after the other, so that a million of them are a million arrays and not six. Touched inside the map's own lock on
     * the device alone.
     */
    private static final class Kept {

        private final byte[] agreements = new byte[DEEP * Agreement.BYTES];
        private int count;

        /** In which the device was last seen. */
        private int pass;

        Agreement take() {
            count--;
            int from = count * Agreement.BYTES;
            Agreement taken = new Agreement(Arrays.copyOfRange(agreements, from, from + Agreement.BYTES));
            Arrays.fill(agreements, from, from + Agreement.BYTES, (byte) 0);
            return taken;
        }

        void add(byte[] agreement) {
            System.arraycopy(agreement, 0, agreements, count * Agreement.BYTES, Agreement.BYTES);
            count++;
        }

        void erase() {
            Arrays.fill(agreements, (byte) 0);
        }

        /** Nothing of what it keeps. */
        @Override
        public String toString() {
            return count + " agreements";
        }
    }

    /** One that was prepared for this device; from then on it is the caller's alone. */
    Optional<Agreement> take(PushEndpoint endpoint) {
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        AtomicReference<@Nullable Agreement> taken = new AtomicReference<>();
        kept.computeIfPresent(Device.of(endpoint), (_, now) -> {
            taken.setPlain(now.take());
            count.decrementAndGet();
            return now.count == 0 ? dropped(now) : now;
        });
        return Optional.ofNullable(taken.getPlain());
    }

    /** How many are still to be prepared for this device; none where there is no room for one more device. */
    int lacking(PushEndpoint endpoint, int pass) {
        AtomicInteger lacking = new AtomicInteger(devices.get() < most ? DEEP : 0);
        kept.computeIfPresent(Device.of(endpoint), (_, now) -> {
            now.pass = pass;
            lacking.setPlain(DEEP - now.count);
            return now;
        });
        return lacking.getPlain();
    }

    void add(PushEndpoint endpoint, Agreement agreement, int pass) {
        byte[] parts = agreement.use();
        kept.compute(Device.of(endpoint), (_, before) -> {
            if (before == null && devices.get() >= most || before != null && before.count >= DEEP) {
                return before;
            }
            Kept now = before;
            if (now == null) {
                now = new Kept();
                devices.incrementAndGet();
            }
            now.add(parts);
            now.pass = pass;
            count.incrementAndGet();
            return now;
        });
        Arrays.fill(parts, (byte) 0);
    }

    /** The device is there no more. */
    void forget(PushEndpoint endpoint) {
        kept.computeIfPresent(Device.of(endpoint), (_, now) -> dropped(now));
    }

    /** Whoever was not seen in this pass is subscribed no more. */
    void forgetUnseen(int pass) {
        kept.keySet()
                .forEach(device -> kept.computeIfPresent(device, (_, now) -> now.pass == pass ? now : dropped(now)));
    }

    private @Nullable Kept dropped(Kept now) {
        devices.decrementAndGet();
        count.addAndGet(-now.count);
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
