package fr.tambour.storage.internal;

import fr.tambour.storage.StorageSettings.DatabaseSettings;
import fr.tambour.testing.DataFolder;
import fr.tambour.testing.Relay;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;

/** Another node, as far as PostgreSQL knows: it holds something, and its machine is gone from one moment to the next. */
public final class VanishingNode implements AutoCloseable {

    private final Relay relay;
    private final Pools pools;

    public VanishingNode(DataFolder folder) throws IOException {
        URI database = URI.create(Objects.requireNonNull(folder.databaseUrl()));
        relay = new Relay(database.getPort());
        String url = "postgresql://" + database.getUserInfo() + "@127.0.0.1:" + relay.port() + database.getPath();
        pools = DataSources.postgres(new DatabaseSettings(url, 1, true, Duration.ofMillis(500)));
    }

    /** Does this in a transaction, and is never heard of again. */
    public void vanishesAmid(String sql) throws SQLException {
        // Given back, its transaction would be ended in order.
        Connection connection = pools.writing().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        relay.fallSilent();
    }

    @Override
    public void close() throws IOException {
        relay.close();
        pools.close();
    }
}
