package fr.tambour.town.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownTownsTest {

    private final KnownTowns known = new KnownTowns();

    private static Town town(long id, String slug, String host, long version) {
        return new Town(new TownId(id), slug, TestTowns.CLAIRVAL, TestTowns.profile(slug, host), false, version);
    }

    @Test
    void localhostShowsTheOnlyTownAndNoneOnceThereAreTwo() {
        Town only = town(1, "clairval", "avis.clairval.fr", 1);
        assertThat(known.byHost("localhost")).isEmpty();

        known.learn(List.of(only));
        assertThat(known.byHost("localhost:8080")).contains(only);
        assertThat(known.byHost("127.0.0.1")).contains(only);
        assertThat(known.byHost("[::1]:8080")).contains(only);

        known.learn(List.of(town(2, "vaubrun", "avis.vaubrun.fr", 1)));
        assertThat(known.byHost("localhost:8080")).isEmpty();
        assertThat(known.byHost("clairval.localhost:8080")).contains(only);
    }

    @Test
    void ofTwoStatesOfATownTheNewerStaysInWhicheverOrderTheyAreLearnt() {
        known.learn(List.of(town(1, "clairval", "neuf.fr", 2)));
        known.learn(List.of(town(1, "clairval", "ancien.fr", 1)));

        assertThat(known.byHost("neuf.fr")).isPresent();
        assertThat(known.byHost("ancien.fr")).isEmpty();
        assertThat(known.versions()).isEqualTo(2);
    }

    @Test
    void aHostGivenUpNoLongerLeadsToTheTown() {
        known.learn(List.of(town(1, "clairval", "ancien.fr", 1)));
        known.learn(List.of(town(1, "clairval", "neuf.fr", 2)));

        assertThat(known.byHost("ancien.fr")).isEmpty();
    }
}
