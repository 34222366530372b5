package fr.tambour.operations.internal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

@OnBothEngines
class DatabaseCheckTest {

    private final Engine engine;
    private final DatabaseCheck check;

    DatabaseCheckTest(Engine engine) {
        this.engine = engine;
        this.check = engine.make(DatabaseCheck.class);
    }

    @Test
    void aSoundDatabaseOfOneProcessIsWell() {
        assertThat(check.look()).extracting(Check.Finding::weight).containsExactly(Check.Weight.WELL);
    }

    @Test
    void anotherProcessOnTheSamePostgresqlIsTold() throws Exception {
        Assumptions.assumeTrue(engine.dialect() == Dialect.POSTGRESQL);
        try (Connection other = engine.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("SET application_name = 'tambour of another process'");
            try {
                assertThat(check.look()).singleElement().satisfies(finding -> {
                    assertThat(finding.weight()).isEqualTo(Check.Weight.WRONG);
                    assertThat(finding.key()).isEqualTo("postgresql-shared");
                    assertThat(finding.arguments()).contains(1);
                });
            } finally {
                statement.execute("RESET application_name");
            }
        }
    }
}
