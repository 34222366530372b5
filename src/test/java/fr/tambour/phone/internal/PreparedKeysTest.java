package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PreparedKeysTest {

    private static PushEndpoint device(int number) {
        byte[] key = new byte[P256.POINT];
        key[1] = (byte) number;
        return new PushEndpoint(URI.create("https://push.example/" + number), key, new byte[16]);
    }

    private static Agreement agreement(int number) {
        byte[] ours = new byte[P256.POINT];
        ours[0] = (byte) (number >>> 24);
        ours[1] = (byte) (number >>> 16);
        ours[2] = (byte) (number >>> 8);
        ours[3] = (byte) number;
        return new Agreement(ours, new byte[Agreement.MATERIAL]);
    }

    @Test
    void noPreparedKeyServesTwiceHoweverManyAskAtOnce() throws Exception {
        PreparedKeys keys = new PreparedKeys(100);
        AtomicInteger made = new AtomicInteger();
        Set<String> served = ConcurrentHashMap.newKeySet();
        AtomicInteger takes = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                boolean adds = thread % 2 == 0;
                work.add(() -> {
                    for (int round = 0; round < 20_000; round++) {
                        PushEndpoint device = device(round % 5);
                        if (adds) {
                            keys.add(device, agreement(made.incrementAndGet()), 1);
                        } else {
                            keys.take(device).ifPresent(taken -> {
                                takes.incrementAndGet();
                                served.add(HexFormat.of().formatHex(taken.ours()));
                            });
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        }
        assertThat(takes.get()).isPositive();
        assertThat(served).hasSize(takes.get());
    }

    @Test
    void twoAreKeptForADeviceAndThenNoneIsLeft() {
        PreparedKeys keys = new PreparedKeys(100);
        PushEndpoint device = device(1);
        assertThat(keys.lacking(device, 1)).isEqualTo(2);
        for (int number = 0; number < 3; number++) {
            keys.add(device, agreement(number), 1);
        }
        assertThat(keys.lacking(device, 1)).isZero();
        assertThat(keys.take(device)).isPresent();
        assertThat(keys.lacking(device, 1)).isEqualTo(1);
        assertThat(keys.take(device)).isPresent();
        assertThat(keys.take(device)).isEqualTo(Optional.empty());
        assertThat(keys.devices()).isZero();
    }

    @Test
    void memoryIsBoundedAndWhoIsGoneIsForgotten() {
        PreparedKeys keys = new PreparedKeys(1);
        keys.add(device(1), agreement(1), 1);
        keys.add(device(2), agreement(2), 1);
        assertThat(keys.devices()).isOne();
        assertThat(keys.lacking(device(2), 1)).isZero();

        keys.forgetUnseen(2);

        assertThat(keys.devices()).isZero();
        assertThat(keys.take(device(1))).isEqualTo(Optional.empty());
    }
}
