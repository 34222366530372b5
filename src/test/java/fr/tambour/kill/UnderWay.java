package fr.tambour.kill;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.DataFolder;
import fr.tambour.testing.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;

/** Whom the pages of one channel that were under way have, by the books that the dead process left. */
final class UnderWay {

    private final String channel;
    private final BitSet recipients = new BitSet();
    private int pages;

    UnderWay(String channel) {
        this.channel = channel;
    }

    /** @param last the highest key that is asked about */
    void read(WorkingTown town, int last) throws SQLException, IOException {
        try (Connection books = untouched(town.folder()).connect()) {
            try (PreparedStatement slices = books.prepareStatement("""
                    SELECT cursor_key, begun_key FROM dispatch_slice s
                    JOIN dispatch d ON d.town_id = s.town_id AND d.id = s.dispatch_id
                    WHERE d.channel = ? AND d.settled_at IS NULL AND s.under_way = 1 AND s.number >= 0
                    """)) {
                slices.setString(1, channel);
                ResultSet page = slices.executeQuery();
                while (page.next()) {
                    int after = (int) Math.min(last, page.getLong(1));
                    recipients.set(after + 1, (int) Math.min(last, page.getLong(2)) + 1);
                    pages++;
                }
            }
            // Of these, whoever an attempt may have reached: all others it has not, and they are told once still.
            try (PreparedStatement retries = books.prepareStatement("""
                    SELECT recipient_key, others FROM dispatch_retry r
                    JOIN dispatch d ON d.town_id = r.town_id AND d.id = r.dispatch_id
                    WHERE d.channel = ? AND (awaiting = 1 OR under_way = 1)
                    """)) {
                retries.setString(1, channel);
                ResultSet retry = retries.executeQuery();
                while (retry.next()) {
                    int one = (int) retry.getLong(1);
                    recipients.set(one);
                    for (String next : retry.getString(2).split(",")) {
                        one += next.isEmpty() ? 0 : Integer.parseInt(next, 36);
                        recipients.set(one);
                    }
                }
            }
        }
    }

    /** Whoever opens an SQLite database that was left in the lurch puts it in order: that is the next process's to do. */
    static DataFolder untouched(DataFolder left) throws IOException {
        if (left.dialect() == Dialect.POSTGRESQL) {
            return left;
        }
        DataFolder copy = Engines.empty(Dialect.SQLITE);
        for (String file : List.of("tambour.db", "tambour.db-wal")) {
            if (Files.exists(left.path().resolve(file))) {
                Files.copy(left.path().resolve(file), copy.path().resolve(file));
            }
        }
        return copy;
    }

    boolean holds(int recipient) {
        return recipients.get(recipient);
    }

    @Override
    public String toString() {
        return "%d pages of %d were under way".formatted(pages, recipients.cardinality());
    }
}
