package fr.tambour.town.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.Profile;
import fr.tambour.town.Profile.Arms;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.IllegalTransactionStateException;

@OnBothEngines
class JdbcTownsTest {

    private final Engine engine;
    private final JdbcTowns towns;

    JdbcTownsTest(Engine engine) {
        this.engine = engine;
        this.towns = engine.make(JdbcTowns.class);
    }

    private Town add(String name, String host) {
        return towns.add(TestTowns.CLAIRVAL, TestTowns.profile(name, host), false);
    }

    /** The same database seen by a process that started later. */
    private JdbcTowns anotherNode() {
        return engine.make(JdbcTowns.class, JdbcDistricts.class);
    }

    private Town stored(Town town) {
        JdbcTowns other = anotherNode();
        other.refresh();
        return other.get(town.id());
    }

    @Test
    void aTownIsFoundByEachOfItsHostsAndByItsSlugUnderLocalhost() {
        Town town = add("Hôtes-sur-Mer", "avis.hotes.fr");

        assertThat(towns.byHost("AVIS.hotes.fr:8443")).contains(town);
        assertThat(towns.byHost("hotes-sur-mer.localhost:8080")).contains(town);
        assertThat(towns.byHost("autre.hotes.fr")).isEmpty();
        assertThat(towns.byId(town.id())).contains(town);
        assertThat(towns.bySlug("hotes-sur-mer")).contains(town);
        assertThat(towns.all()).contains(town);
    }

    @Test
    void aTownComesBackFromTheDatabaseAsItWasPut() {
        Town town = add("Le Relu", "avis.relu.fr");
        Town changed = towns.change(town.id(), 1, town.profile().withArms(new Arms("ab12", "image/png")));

        JdbcTowns other = anotherNode();
        other.refresh();

        assertThat(other.byId(town.id())).contains(changed);
        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.fullName()).isEqualTo("Ville du Relu");
    }

    @Test
    void identifiersKeepTheAddressThatTheTownWasFoundedWith() {
        Town town = add("Déménagée", "avis.demenagee.fr");
        towns.change(town.id(), 1, TestTowns.profile("Déménagée", "neuf.demenagee.fr"));
        Town moved = towns.change(town.id(), 2, TestTowns.profile("Déménagée", "encore.demenagee.fr"));

        assertThat(moved.url("/avis/1")).isEqualTo("https://encore.demenagee.fr/avis/1");
        assertThat(moved.identifier("/avis/1")).isEqualTo("https://avis.demenagee.fr/avis/1");
        assertThat(stored(town).identifier("/")).isEqualTo("https://avis.demenagee.fr/");
    }

    /** localhost is the same on every machine, and what stands there has nobody subscribed to. */
    @Test
    void theFirstPublicAddressReplacesALocalOneAndThenStays() {
        Town town = add("Essayée", "essayee.localhost");
        Town first = towns.change(town.id(), 1, TestTowns.profile("Essayée", "avis.essayee.fr"));
        Town second = towns.change(town.id(), 2, TestTowns.profile("Essayée", "neuf.essayee.fr"));

        assertThat(town.identifier("/")).isEqualTo("https://essayee.localhost/");
        assertThat(first.identifier("/")).isEqualTo("https://avis.essayee.fr/");
        assertThat(second.identifier("/")).isEqualTo("https://avis.essayee.fr/");
    }

    @Test
    void aTownOfAnOlderVersionTakesTheAddressItHasWhenItIsUpgraded() throws IOException {
        Town town = add("Ancienne", "avis.ancienne.fr");
        engine.jdbc()
                .sql("UPDATE town SET identifier_base = '' WHERE id = ?")
                .param(town.id().value())
                .update();
        String migration = new ClassPathResource(
                        "db/migration/" + engine.database().pick("sqlite", "postgresql") + "/town/V2__identifiers.sql")
                .getContentAsString(StandardCharsets.UTF_8);

        engine.jdbc().sql(migration.substring(migration.indexOf("UPDATE"))).update();

        assertThat(stored(town).identifier("/")).isEqualTo("https://avis.ancienne.fr/");
    }

    @Test
    void twoTownsOfOneNameHaveDifferentSlugs() {
        assertThat(add("Saint-Denis", "a.st-denis.fr").slug()).isEqualTo("saint-denis");
        assertThat(add("Saint-Denis", "b.st-denis.fr").slug()).isEqualTo("saint-denis-2");
        assertThat(add("du Val d’Orge", "cc.valdorge.fr").slug()).isEqualTo("val-d-orge");
    }

    @Test
    void aHostBelongsToOneTownOnly() {
        add("Première", "avis.partage.fr");

        assertThatThrownBy(() -> add("Seconde", "avis.partage.fr")).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo("town.host-taken");
            assertThat(refusal.args()).containsExactly("avis.partage.fr");
        });
        assertThat(towns.bySlug("seconde")).isEmpty();
        assertThat(anotherNode().bySlug("seconde")).isEmpty();
    }

    @Test
    void ofTwoChangesFromTheSameVersionTheSecondIsToldSo() {
        Town town = add("Concurrence", "avis.concurrence.fr");
        Profile profile = town.profile();
        towns.change(town.id(), town.version(), profile);

        assertThatThrownBy(() -> towns.change(town.id(), town.version(), profile))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT));
    }

    @Test
    void aChangeIsSeenByItsOwnTransactionAtOnceAndByOthersWhenItCommits() {
        Town town = add("Avant", "avis.avant.fr");
        Profile after = TestTowns.profile("Après", "avis.apres.fr");

        engine.writing().executeWithoutResult(tx -> {
            towns.change(town.id(), 1, after);
            assertThat(towns.get(town.id()).name()).isEqualTo("Après");
            assertThat(towns.byHost("avis.apres.fr")).isEmpty();
        });

        assertThat(towns.byHost("avis.apres.fr")).isPresent();
        assertThat(towns.byHost("avis.avant.fr")).isEmpty();
    }

    @Test
    void whatIsRolledBackIsForgotten() {
        Town town = add("Gardée", "avis.gardee.fr");

        engine.writing().executeWithoutResult(tx -> {
            towns.change(town.id(), 1, TestTowns.profile("Perdue", "avis.perdue.fr"));
            tx.setRollbackOnly();
        });

        assertThat(towns.get(town.id())).isEqualTo(town);
        assertThat(towns.change(town.id(), 1, town.profile()).version()).isEqualTo(2);
    }

    @Test
    void whatAnotherNodeCommitsIsLearntAtTheNextLook() {
        Town town = add("Partagée", "avis.noeuds.fr");
        JdbcTowns other = anotherNode();
        other.refresh();
        towns.change(town.id(), 1, TestTowns.profile("Partagée", "neuf.noeuds.fr"));
        assertThat(other.byHost("neuf.noeuds.fr")).isEmpty();

        other.refresh();

        assertThat(other.byHost("neuf.noeuds.fr")).isPresent();
    }

    @Test
    void theCounterRisesByOneForEachCommittedTransitionWhoeverWritesAtOnce() throws Exception {
        Town town = add("Comptée", "avis.comptee.fr");
        List<Long> taken = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
            List<Future<Long>> futures = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                futures.add(writers.submit(() -> engine.writing().execute(tx -> towns.nextCounter(town.id()))));
            }
            for (Future<Long> future : futures) {
                taken.add(future.get());
            }
        }

        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 20).boxed().toList());
        assertThat(towns.counter(town.id())).isEqualTo(20);
    }

    @Test
    void theCounterIsOnlyTakenInTheCallersTransaction() {
        Town town = add("Sans transaction", "avis.sans.fr");

        assertThatThrownBy(() -> towns.nextCounter(town.id())).isInstanceOf(IllegalTransactionStateException.class);
    }
}
