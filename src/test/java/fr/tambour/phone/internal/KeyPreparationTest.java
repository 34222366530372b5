package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.testing.TestClock;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyPreparationTest {

    private final List<PushEndpoint> devices = new ArrayList<>();
    private final PushTools tools = new PushTools(new TestClock());
    private final PushTraffic traffic = new PushTraffic();

    private KeyPreparation preparation(PreparedKeys prepared, Idleness.Pause pause) {
        return new KeyPreparation(this::pages, prepared, tools, new Idleness(traffic, System::nanoTime, pause));
    }

    private KeyPreparation preparation(PreparedKeys prepared) {
        return preparation(prepared, time -> {});
    }

    /** Seven at a time, whatever is asked for. */
    private Iterator<List<PushEndpoint>> pages(int size) {
        return IntStream.rangeClosed(0, devices.size() / 7)
                .mapToObj(page -> List.copyOf(devices.subList(page * 7, Math.min(devices.size(), page * 7 + 7))))
                .iterator();
    }

    private void devices(int count) {
        devices.clear();
        IntStream.range(0, count)
                .forEach(number -> devices.add(TestKeys.endpoint("https://push.example/" + number, number)));
    }

    @Test
    void everyDeviceHasTwoAndOfThoseThatAreGoneNothingIsKept() throws Exception {
        PreparedKeys prepared = new PreparedKeys(100);
        KeyPreparation preparation = preparation(prepared);
        devices(20);
        preparation.prepareAll();
        assertThat(prepared.count()).isEqualTo(40);
        assertThat(prepared.devices()).isEqualTo(20);

        PushEndpoint gone = devices.removeFirst();
        preparation.prepareAll();

        assertThat(prepared.count()).isEqualTo(38);
        assertThat(prepared.take(gone)).isEmpty();
        assertThat(devices).allSatisfy(device -> {
            assertThat(prepared.take(device)).isPresent();
            assertThat(prepared.take(device)).isPresent();
            assertThat(prepared.take(device)).isEmpty();
        });
        assertThat(prepared.count()).isZero();
    }

    @Test
    void whatWasUsedAndWhoIsNewIsMadeReadyAloneWithoutGoingThroughAll() throws Exception {
        PreparedKeys prepared = new PreparedKeys(100);
        KeyPreparation preparation = preparation(prepared);
        devices(3);
        preparation.prepareAll();
        PushEndpoint used = devices.getFirst();
        prepared.take(used);
        prepared.take(used);
        PushEndpoint fresh = TestKeys.endpoint("https://push.example/new", 9);

        preparation.prepareOne(used);
        preparation.prepareOne(fresh);

        assertThat(prepared.count()).isEqualTo(8);
        devices.add(fresh);
        preparation.prepareAll();
        assertThat(prepared.count()).isEqualTo(8);
    }

    @Test
    void noMoreDevicesHaveThemThanTheSettingSays() throws Exception {
        PreparedKeys prepared = new PreparedKeys(5);
        devices(20);

        preparation(prepared).prepareAll();

        assertThat(prepared.devices()).isEqualTo(5);
        assertThat(prepared.count()).isEqualTo(10);
    }

    @Test
    void aDeviceWithoutUsableKeysHoldsUpNoOther() throws Exception {
        PreparedKeys prepared = new PreparedKeys(100);
        devices(3);
        devices.set(1, new PushEndpoint(URI.create("https://push.example/bad"), new byte[65], TestKeys.secret(1)));

        preparation(prepared).prepareAll();

        assertThat(prepared.devices()).isEqualTo(2);
    }

    @Test
    void nothingIsMadeWhileMessagesGoOut() {
        PreparedKeys prepared = new PreparedKeys(100);
        devices(20);
        traffic.passes();
        KeyPreparation preparation = preparation(prepared, time -> {
            // As long as messages go out, there is a next one before the pause is over.
            traffic.passes();
            if (prepared.count() > 0) {
                throw new AssertionError("made amid the messages");
            }
            throw new InterruptedException("seen enough");
        });

        assertThatThrownBy(preparation::prepareAll).isInstanceOf(InterruptedException.class);
        assertThat(prepared.count()).isZero();
    }

    @Test
    void whoStopsInTheMiddleHasForgottenNobody() throws Exception {
        PreparedKeys prepared = new PreparedKeys(100);
        devices(10);
        preparation(prepared).prepareAll();
        traffic.passes();

        assertThatThrownBy(() -> preparation(prepared, time -> {
                            throw new InterruptedException();
                        })
                        .prepareAll())
                .isInstanceOf(InterruptedException.class);

        assertThat(prepared.count()).isEqualTo(20);
    }
}
