package fr.tambour.storage.internal;

import fr.tambour.testing.Engine;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/** What a node on a machine whose clock is wrong goes by. */
public final class WrongMachine {

    private WrongMachine() {}

    /** @param ahead how far its clock is ahead of everybody's */
    public static Clock clock(Engine engine, Duration ahead) throws SQLException {
        return new DatabaseTime(engine.dataSource(), Clock.offset(Clock.systemUTC(), ahead)).clock();
    }
}
