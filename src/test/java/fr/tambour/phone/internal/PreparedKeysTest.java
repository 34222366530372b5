package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
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

    private static final URI ADDRESS = URI.create("https://push.example/1");

    private static PushEndpoint device(int number) {
        byte[] key = new byte[P256.POINT];
        key[1] = (byte) number;
        return new PushEndpoint(URI.create("https://push.example/" + number), key, new byte[16]);
    }

    private static Agreement agreement(int number) {
        byte[] parts = new byte[Agreement.BYTES];
        ByteBuffer.wrap(parts).putInt(Agreement.HEADER - P256.POINT, number);
        return new Agreement(parts);
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
    void whatWasTakenIsWhatWasAddedAndNothingOfItIsLeft() {
        PreparedKeys keys = new PreparedKeys(10);
        byte[][] parts = new byte[PreparedKeys.DEEP][Agreement.BYTES];
        Set<String> added = new HashSet<>();
        for (int number = 0; number < PreparedKeys.DEEP; number++) {
            Arrays.fill(parts[number], (byte) (number + 1));
            added.add(HexFormat.of().formatHex(parts[number]));
            keys.add(device(1), new Agreement(parts[number]), 1);
        }
        assertThat(parts)
                .as("erased, since they are kept elsewhere")
                .isDeepEqualTo(new byte[PreparedKeys.DEEP][Agreement.BYTES]);

        Set<String> taken = new HashSet<>();
        for (int number = 0; number < PreparedKeys.DEEP; number++) {
            taken.add(
                    HexFormat.of().formatHex(keys.take(device(1)).orElseThrow().use()));
        }

        assertThat(taken).isEqualTo(added);
    }

    @Test
    void devicesThatShareTheirSecretOrHalfOfTheirKeyHaveEachTheirOwn() {
        PreparedKeys keys = new PreparedKeys(10);
        byte[] key = new byte[P256.POINT];
        key[5] = 1;
        PushEndpoint first = new PushEndpoint(ADDRESS, key, new byte[Encryption.SECRET]);
        byte[] otherKey = key.clone();
        otherKey[16] = 1;
        PushEndpoint second = new PushEndpoint(ADDRESS, otherKey, new byte[Encryption.SECRET]);
        byte[] otherSecret = new byte[Encryption.SECRET];
        otherSecret[15] = 1;
        PushEndpoint third = new PushEndpoint(ADDRESS, key, otherSecret);
        keys.add(first, agreement(1), 1);
        keys.add(second, agreement(2), 1);
        keys.add(third, agreement(3), 1);

        assertThat(keys.take(second).orElseThrow().ours())
                .isEqualTo(agreement(2).ours());
        assertThat(keys.take(third).orElseThrow().ours()).isEqualTo(agreement(3).ours());
        assertThat(keys.take(first).orElseThrow().ours()).isEqualTo(agreement(1).ours());
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

    @Test
    void nothingOfAKeyStandsInWhatIsPrinted() {
        PreparedKeys keys = new PreparedKeys(10);
        byte[] parts = new byte[Agreement.BYTES];
        Arrays.fill(parts, (byte) 0x5a);
        Agreement agreement = new Agreement(parts);

        String printed = agreement + " ";
        keys.add(device(1), agreement, 1);
        printed += keys + " " + keys.take(device(1));

        assertThat(printed).doesNotContain("5a5a", "WlpaWl", "90, 90");
        assertThat(Serializable.class.isAssignableFrom(Agreement.class)).isFalse();
    }

    @Test
    void howManyThereAreIsKnown() {
        PreparedKeys keys = new PreparedKeys(10);
        keys.add(device(1), agreement(1), 1);
        keys.add(device(1), agreement(2), 1);
        keys.add(device(2), agreement(3), 1);
        assertThat(keys.count()).isEqualTo(3);

        keys.take(device(1));
        keys.forget(device(2));

        assertThat(keys.count()).isOne();
        assertThat(keys.devices()).isOne();
        keys.forget(device(2));
        assertThat(keys.devices()).isOne();
    }

    @Test
    void devicesToBePreparedAreKeptInMindUntilThereAreTooMany() throws Exception {
        Unprepared unprepared = new Unprepared();
        for (int number = 0; number < Unprepared.MOST; number++) {
            unprepared.add(device(number));
        }
        assertThat(unprepared.areTooMany()).isFalse();
        assertThat(unprepared.next(Duration.ZERO)).isNotNull();
        unprepared.add(device(1));
        unprepared.add(device(2));
        assertThat(unprepared.areTooMany()).isTrue();

        unprepared.clear();

        assertThat(unprepared.areTooMany()).isFalse();
        assertThat(unprepared.next(Duration.ZERO)).isNull();
    }
}
