package fr.tambour.storage.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.InstanceFacts;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.core.ApplicationModuleIdentifiers;
import org.springframework.modulith.runtime.flyway.MigrationFilter;
import org.springframework.modulith.runtime.flyway.SpringModulithFlywayMigrationStrategy;
import org.sqlite.SQLiteDataSource;

/** An ordinary start does not have Flyway look at every module again. */
class MigrationsTest {

    @TempDir
    Path folder;

    private final Counting byModule = new Counting();
    private Migrations migrations;
    private Flyway flyway;
    private InstanceFacts facts;

    @BeforeEach
    void database() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("byModule", byModule);
        migrations = new Migrations(beans.getBeanProvider(SpringModulithFlywayMigrationStrategy.class));
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("tambour.db"));
        flyway = Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration/common")
                .load();
        facts = new InstanceFacts(JdbcClient.create(source));
    }

    @Test
    void whatWasAppliedIsNotLookedAtAgain() {
        migrations.migrate(flyway);
        migrations.migrate(flyway);

        assertThat(byModule.times).isEqualTo(1);
        assertThat(facts.get(Migrations.APPLIED)).isPresent();
    }

    @Test
    void otherMigrationsThanLastTimeAreApplied() {
        migrations.migrate(flyway);
        facts.put(Migrations.APPLIED, "of an older version");

        migrations.migrate(flyway);

        assertThat(byModule.times).isEqualTo(2);
        assertThat(facts.get(Migrations.APPLIED)).isNotEqualTo("of an older version");
    }

    /** The root's migrations alone, counted. */
    private static final class Counting extends SpringModulithFlywayMigrationStrategy {

        private int times;

        Counting() {
            super(ApplicationModuleIdentifiers.of(List.of()), MigrationFilter.USE_ALL);
        }

        @Override
        public void migrate(Flyway flyway) {
            times++;
            super.migrate(flyway);
        }
    }
}
