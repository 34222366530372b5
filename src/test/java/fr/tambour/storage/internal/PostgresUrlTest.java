package fr.tambour.storage.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import fr.tambour.TambourApplication;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.SettingsRefused;
import fr.tambour.storage.StorageSettings.DatabaseSettings;
import fr.tambour.testing.DataFolder;
import fr.tambour.testing.Engines;
import fr.tambour.testing.TambourServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PostgresUrlTest {

    @ParameterizedTest
    @CsvSource({
        "postgresql://u:p+%40@db:5433/notices, jdbc:postgresql://db:5433/notices",
        "postgres://u:p+%40@db_1/notices, jdbc:postgresql://db_1/notices",
        "jdbc:postgresql://u:p+%40@db/notices, jdbc:postgresql://db/notices",
        "jdbc:postgresql://db/notices?user=u&password=p+%40, jdbc:postgresql://db/notices",
        "'jdbc:postgresql://one:1,two:2/notices?password=p+%40&user=u', 'jdbc:postgresql://one:1,two:2/notices'",
        "jdbc:postgresql:notices?user=u&password=p+%40, jdbc:postgresql://localhost/notices",
        "jdbc:postgresql:/notices?user=u&password=p+%40, jdbc:postgresql://localhost/notices",
        "postgresql://u:p+%40@db, jdbc:postgresql://db/"
    })
    void userAndPasswordGoBesideTheUrlHoweverTheyAreWritten(String written, String jdbc) {
        PostgresUrl url = PostgresUrl.of(written);

        assertThat(url.jdbc()).isEqualTo(jdbc);
        assertThat(url.user()).isEqualTo("u");
        assertThat(url.password()).isEqualTo("p+@");
        assertThat(url.properties()).isEmpty();
        assertThat(url.toString()).doesNotContain("p+");
    }

    @Test
    void theDriverUnderstandsHostDatabaseAndOptionsAsTheyWereMeant() {
        PostgresUrl url =
                PostgresUrl.of("postgresql://u:p@my_db:5433/avis%20%2B+1?sslmode=require&ApplicationName=a%20b");

        Properties understood = Driver.parseURL(url.jdbc(), new Properties());
        assertThat(understood)
                .containsEntry("PGHOST", "my_db")
                .containsEntry("PGPORT", "5433")
                .containsEntry("PGDBNAME", "avis ++1");
        assertThat(url.properties()).isEqualTo(Map.of("sslmode", "require", "ApplicationName", "a b"));
    }

    @Test
    void userPasswordAndOptionsReachTheServerAsTheyWereMeant() throws SQLException {
        DataFolder folder = Engines.empty(Dialect.POSTGRESQL);
        try (Connection connection = folder.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP ROLE IF EXISTS plus_and_more");
            statement.execute("CREATE ROLE plus_and_more LOGIN PASSWORD 'a+b %/@:é'");
        }
        String url = String.valueOf(folder.databaseUrl())
                .replace("postgres:postgres@", "plus_and_more:a+b%20%25%2F%40%3A%C3%A9@");

        try (Pools pools = DataSources.postgres(
                        new DatabaseSettings(url + "?ApplicationName=essai", 2, true, Duration.ofMillis(500)));
                Connection connection = ((HikariDataSource) pools.writer()).getConnection();
                Statement statement = connection.createStatement()) {
            // The server in tests takes any password, so that this is compared before it is sent.
            assertThat(((HikariDataSource) pools.writer()).getPassword()).isEqualTo("a+b %/@:é");
            var row = statement.executeQuery("SELECT current_user, current_setting('application_name')");
            row.next();
            assertThat(row.getString(1)).isEqualTo("plus_and_more");
            assertThat(row.getString(2)).isEqualTo("essai");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:s3cret@db/notices",
                "postgresql://u:s3cret@db:x/notices",
                "postgresql://u:s3cret%@db/notices",
                "postgresql://u:s3/s3cret@db/notices",
                "jdbc:postgresql://u:s3cret@@db/notices",
                "jdbc:postgresql://db:s3cret/notices",
                // Well formed, and nobody listens.
                "postgresql://u:s3cret@127.0.0.1:1/notices",
                "jdbc:postgresql://u:s3cret@127.0.0.1:1/notices",
                "jdbc:postgresql://127.0.0.1:1/notices?user=u&password=s3cret",
                "postgresql://u:s3cret@no_such_host.invalid/notices"
            })
    void noStartThatFailsTellsThePassword(String url, @TempDir Path folder, CapturedOutput said) {
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> TambourServer.start(new DataFolder(Dialect.POSTGRESQL, folder, url)))
                .satisfies(failure -> {
                    StringWriter trace = new StringWriter();
                    failure.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString()).doesNotContain("s3cret");
                });
        assertThat(said.getAll()).isNotEmpty().doesNotContain("s3cret");
    }

    @Test
    void aMalformedUrlIsToldInASentenceOfOurs(@TempDir Path folder, CapturedOutput said) {
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> SpringApplication.run(
                        TambourApplication.class,
                        "--tambour.data=" + folder,
                        "--tambour.database.url=postgresql://u:s3cret@db:x/notices"))
                .satisfies(failure -> assertThat(failure).rootCause().isInstanceOf(SettingsRefused.class));
        assertThat(said)
                .contains(
                        "Description:\n\nTAMBOUR_DATABASE_URL must look like postgresql://USER:PASSWORD@HOST:PORT/DATABASE");
    }

    @Test
    void settingsDoNotShowThePassword() {
        assertThat(new DatabaseSettings("postgresql://u:s3cret@db/notices", 8, true, Duration.ofMillis(500)).toString())
                .doesNotContain("s3cret");
    }
}
