package fr.tambour.notice.api;

import fr.tambour.notice.api.ApiTown.Program;
import fr.tambour.storage.Dialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A town with its programs, for one engine: what the parts of the API's contract share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiContract {

    static final String NOTICES = "/api/v1/notices";

    private final Dialect dialect;
    ApiTown town;
    Program author;
    Program approver;

    ApiContract(Dialect dialect) {
        this.dialect = dialect;
    }

    @BeforeAll
    void start() {
        town = new ApiTown(dialect);
        author = town.author;
        approver = town.approver;
    }

    @AfterAll
    void stop() {
        town.close();
    }

    static String of(String id, String what) {
        return NOTICES + "/" + id + "/" + what;
    }

    long count() {
        return town.tambour
                .bean(JdbcClient.class)
                .sql("SELECT COUNT(*) FROM notice")
                .query(Long.class)
                .single();
    }
}
