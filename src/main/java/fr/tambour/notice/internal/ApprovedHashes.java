package fr.tambour.notice.internal;

import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.ui.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The hash that an approval is bound to. */
@Repository
class ApprovedHashes {

    private final JdbcClient jdbc;

    ApprovedHashes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    String of(Held notice) {
        return jdbc.sql("""
                        SELECT approved_hash FROM notice_draft
                        WHERE town_id = :town AND notice_id = :id AND approved_hash IS NOT NULL
                        """)
                .param("town", notice.town().value())
                .param("id", notice.id().value())
                .query(String.class)
                .optional()
                .orElseThrow(() -> new Refusal(HttpStatus.CONFLICT, "notice.not-approved"));
    }
}
