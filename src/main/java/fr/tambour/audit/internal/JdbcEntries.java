package fr.tambour.audit.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcEntries implements Entries {

    private static final String COLUMNS = "town_id, number, at, person_id, action, subject, details, mac";

    private final JdbcClient jdbc;

    JdbcEntries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Link lock() {
        // An update that changes nothing locks the row on PostgreSQL; on SQLite the writer is alone anyway.
        return jdbc.sql("UPDATE audit_head SET number = number WHERE id = 1 RETURNING number, mac")
                .query((rs, i) -> new Link(rs.getLong("number"), rs.getString("mac")))
                .single();
    }

    @Override
    public Link end() {
        return jdbc.sql("SELECT number, mac FROM audit_head WHERE id = 1")
                .query((rs, i) -> new Link(rs.getLong("number"), rs.getString("mac")))
                .single();
    }

    @Override
    public void append(Row row, String mac) {
        jdbc.sql("""
                        INSERT INTO audit_entry (town_id, number, at, person_id, action, subject, details, mac)
                        VALUES (:town, :number, :at, :person, :action, :subject, :details, :mac)""")
                .param("town", row.townId())
                .param("number", row.number())
                .param("at", row.at())
                .param("person", row.personId())
                .param("action", row.action())
                .param("subject", row.subject())
                .param("details", row.details())
                .param("mac", mac)
                .update();
    }

    @Override
    public void moveEnd(Link end) {
        jdbc.sql("UPDATE audit_head SET number = :number, mac = :mac WHERE id = 1")
                .param("number", end.number())
                .param("mac", end.mac())
                .update();
    }

    @Override
    public Optional<String> mac(long number) {
        return jdbc
                .sql("SELECT mac FROM audit_entry WHERE number = :number")
                .param("number", number)
                .query(String.class)
                .list()
                .stream()
                .findFirst();
    }

    @Override
    public List<Chained> after(long number, long townId, int size) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM audit_entry"
                        + " WHERE number >= :number AND (number > :number OR town_id > :town)"
                        + " ORDER BY number, town_id LIMIT :size")
                .param("number", number)
                .param("town", townId)
                .param("size", size)
                .query((rs, i) -> new Chained(row(rs), rs.getString("mac")))
                .list();
    }

    @Override
    public List<Row> page(long townId, long before, int size) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM audit_entry WHERE town_id = :town AND number < :before"
                        + " ORDER BY number DESC LIMIT :size")
                .param("town", townId)
                .param("before", before)
                .param("size", size)
                .query((rs, i) -> row(rs))
                .list();
    }

    private static Row row(ResultSet rs) throws SQLException {
        return new Row(
                rs.getLong("town_id"),
                rs.getLong("number"),
                rs.getLong("at"),
                rs.getLong("person_id"),
                rs.getString("action"),
                rs.getString("subject"),
                rs.getString("details"));
    }
}
