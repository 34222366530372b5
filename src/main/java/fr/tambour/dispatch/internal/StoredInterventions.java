package fr.tambour.dispatch.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.notice.Interventions;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.people.Actor;
import fr.tambour.storage.Database;
import fr.tambour.text.Clean;
import fr.tambour.ui.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class StoredInterventions implements Interventions {

    private static final int LONGEST_REASON = 500;

    /** What takes a notice back has no audience of its own, only whom the notice reached: it always goes on. */
    private static final String UNDER_WAY = """
             WHERE town_id = :town AND notice_id = :notice AND channel = :channel AND state = 'OPEN'
               AND purpose <> 'WITHDRAWAL' AND hours <> 'REACHED'
            """;

    private enum Verb {
        PAUSE("held = 1", "held = 0"),
        RESUME("held = 0", "held = 1"),
        STOP("state = 'STOPPED'", "state = 'OPEN'");

        private final String change;

        /** Where it does not stand so already. */
        private final String where;

        Verb(String change, String where) {
            this.change = change;
            this.where = where;
        }
    }

    private final JdbcClient jdbc;
    private final Database database;
    private final Audit audit;
    private final Bell bell;

    StoredInterventions(JdbcClient jdbc, Database database, Audit audit, Bell bell) {
        this.jdbc = jdbc;
        this.database = database;
        this.audit = audit;
        this.bell = bell;
    }

    @Override
    @Transactional
    public void pause(Actor actor, NoticeId notice, String channel, String reason) {
        change(actor, notice, channel, Verb.PAUSE, Clean.block(reason, LONGEST_REASON));
    }

    @Override
    @Transactional
    public void resume(Actor actor, NoticeId notice, String channel, String reason) {
        change(actor, notice, channel, Verb.RESUME, Clean.block(reason, LONGEST_REASON));
    }

    @Override
    @Transactional
    public void stop(Actor actor, NoticeId notice, String channel, String reason) {
        String said = Clean.block(reason, LONGEST_REASON);
        if (said.isBlank()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "dispatch.reason-missing");
        }
        change(actor, notice, channel, Verb.STOP, said);
    }

    /**
     * Where it stands so already nothing is done, and nothing written down. Dispatches are held by their ids first, as by
     * whoever carries them: an update holds them in whatever order it finds them.
     */
    private void change(Actor actor, NoticeId notice, String channel, Verb verb, String reason) {
        actor.require(NoticeRights.PUBLISH);
        String inOrder = UNDER_WAY + " ORDER BY id" + JdbcLedger.held(database);
        List<Boolean> emergencies = on("SELECT emergency FROM dispatch" + inOrder, actor, notice, channel)
                .query((row, n) -> row.getInt("emergency") == 1)
                .list();
        if (emergencies.isEmpty()) {
            throw new Refusal(HttpStatus.CONFLICT, "dispatch.nothing-under-way");
        }
        if (emergencies.contains(true)) {
            actor.require(NoticeRights.EMERGENCY);
        }
        String update = "UPDATE dispatch SET " + verb.change + UNDER_WAY + " AND " + verb.where;
        if (on(update, actor, notice, channel).update() > 0) {
            Map<String, String> details = new LinkedHashMap<>();
            details.put("channel", channel);
            if (!reason.isBlank()) {
                details.put("reason", reason);
            }
            audit.record(new AuditEntry(
                    actor.town().value(),
                    actor.person().value(),
                    "dispatch." + verb.name().toLowerCase(Locale.ROOT),
                    notice.ref(),
                    details));
            bell.ringAfterCommit();
        }
    }

    private JdbcClient.StatementSpec on(String sql, Actor actor, NoticeId notice, String channel) {
        return jdbc.sql(sql)
                .param("town", actor.town().value())
                .param("notice", notice.value())
                .param("channel", channel);
    }
}
