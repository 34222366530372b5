package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Choices;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnBothEngines
class JdbcDevicesTest {

    private static final AtomicLong IDS = new AtomicLong(70_000);
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Choices ALL = new Choices(Set.of(), Set.of(), Set.of(), null, "fr", false);

    private final Engine engine;
    private final Phones phones;
    private final Devices devices;
    private final TownId first = new TownId(IDS.incrementAndGet());
    private final TownId second = new TownId(IDS.incrementAndGet());

    JdbcDevicesTest(Engine engine) {
        this.engine = engine;
        this.phones = engine.make(JdbcPhones.class);
        this.devices = engine.make(JdbcDevices.class);
    }

    @BeforeEach
    void twoTowns() {
        engine.insertTown(first.value(), "clairval-" + first.value());
        engine.insertTown(second.value(), "clairval-" + second.value());
    }

    private String address(TownId town, long key) {
        return "https://push.example/" + town.value() + "/" + key;
    }

    private void add(TownId town, long key, boolean active) {
        engine.writing().executeWithoutResult(status -> {
            Phone phone = new Phone(key, "push.example", TestKeys.endpoint(address(town, key), (int) key), "fr");
            phones.add(town, phone, "mac" + town.value() + "-" + key, false, ALL, "token", NOW);
            if (active) {
                phones.activate(town, key, "token", NOW, NOW, YearMonth.of(2026, 11));
            }
        });
    }

    /** Those of these two towns: the database is shared with other tests. */
    private List<String> ours(List<PushEndpoint> page) {
        return page.stream()
                .map(device -> device.address().toString())
                .filter(address ->
                        address.contains("/" + first.value() + "/") || address.contains("/" + second.value() + "/"))
                .toList();
    }

    @Test
    void theActiveOnesOfAllTownsComePageByPageEachOnceWhateverTheSize() {
        for (long key = 1; key <= 5; key++) {
            add(first, key, key != 3);
            add(second, key, true);
        }
        for (int size : new int[] {1, 2, 3, 1_000}) {
            List<String> all = new ArrayList<>();
            Iterator<List<PushEndpoint>> pages = devices.pages(size);
            while (pages.hasNext()) {
                List<PushEndpoint> page = pages.next();
                assertThat(page.size()).isLessThanOrEqualTo(size);
                all.addAll(ours(page));
            }
            assertThat(all)
                    .containsExactly(
                            address(first, 1),
                            address(first, 2),
                            address(first, 4),
                            address(first, 5),
                            address(second, 1),
                            address(second, 2),
                            address(second, 3),
                            address(second, 4),
                            address(second, 5));
        }
    }

    @Test
    void betweenTwoPagesNothingIsHeldAndWhatChangedMeanwhileIsSeen() {
        add(first, 1, true);
        add(first, 2, true);
        Iterator<List<PushEndpoint>> pages = devices.pages(1);
        while (!ours(pages.next()).contains(address(first, 1))) {
            assertThat(pages.hasNext()).isTrue();
        }

        engine.writing().executeWithoutResult(status -> phones.end(first, 2));
        add(first, 3, true);

        assertThat(ours(pages.next())).containsExactly(address(first, 3));
    }

    @Test
    void aDeviceComesWithItsKeys() {
        add(first, 1, true);
        Iterator<List<PushEndpoint>> pages = devices.pages(10_000);
        PushEndpoint device = pages.next().stream()
                .filter(one -> one.address().toString().equals(address(first, 1)))
                .findFirst()
                .orElseThrow();

        assertThat(P256.isPoint(device.publicKey())).isTrue();
        assertThat(device.secret()).isEqualTo(TestKeys.secret(1));
        assertThat(pages.hasNext()).isFalse();
    }
}
