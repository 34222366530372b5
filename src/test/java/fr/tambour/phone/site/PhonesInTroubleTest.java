package fr.tambour.phone.site;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.live.OpenPage;
import fr.tambour.phone.site.PhoneTown.Device;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A phone asks while nothing can be written: it is told when to come again, nothing is half kept, and open pages go on. */
class PhonesInTroubleTest {

    private static final String SERVICE = "https://fcm.googleapis.com/fcm/send/";

    private PhoneTown town;
    private OpenPage page;

    @BeforeEach
    void aTownWithAnOpenPage() {
        town = new PhoneTown();
        page = OpenPage.at(town.server().url("/direct"), null);
    }

    @AfterEach
    void close() {
        page.close();
        town.close();
    }

    private Device device(int number) {
        // Long, so that few fit into a page of the file.
        return town.new Device(SERVICE + "a".repeat(900) + number, number);
    }

    private long kept() {
        return town.server()
                .bean(JdbcClient.class)
                .sql("SELECT COUNT(*) FROM phone")
                .query(Long.class)
                .single();
    }

    private void pragma(String limit) {
        town.<Long>written(() -> town.server()
                .bean(JdbcClient.class)
                .sql(limit)
                .query(Long.class)
                .single());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(PhoneTown.json(answer).get("code").asString()).isEqualTo(code);
        assertThat(answer.body()).doesNotContain("SQLITE", "Exception");
    }

    private void assertThatThePageGoesOn() throws Exception {
        assertThat(page.hasEnded()).isFalse();
        town.alert("Crue de l’Orge", "Montez à l’étage.");
        assertThat(page.nextNews().data()).contains("\"emergency\":true");
    }

    @Test
    void whileTheDatabaseIsLockedItIsToldSoAndOnceItIsFreeItIsTaken() throws Exception {
        Path file = town.server().folder().path().resolve("tambour.db");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement lock = other.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");
            assertProblem(device(1).subscribes(), 503, "busy");
            lock.execute("ROLLBACK");
        }
        assertThat(kept()).isZero();
        assertThat(town.pushes().count()).isZero();

        assertThat(device(1).subscribes().statusCode()).isEqualTo(202);
        assertThatThePageGoesOn();
    }

    @Test
    void onAFullDiskItIsToldSoAndOnceThereIsRoomItIsTaken() throws Exception {
        pragma("PRAGMA max_page_count = 1");
        int taken = 0;
        HttpResponse<String> answer = device(1).subscribes();
        while (answer.statusCode() == 202 && taken < 100) {
            taken++;
            answer = device(taken + 1).subscribes();
        }
        assertProblem(answer, 507, "disk-full");
        assertThat(kept()).isEqualTo(taken);
        assertThat(town.pushes().count()).isEqualTo(taken);

        pragma("PRAGMA max_page_count = 4294967294");
        assertThat(device(taken + 1).subscribes().statusCode()).isEqualTo(202);
        assertThatThePageGoesOn();
    }
}
