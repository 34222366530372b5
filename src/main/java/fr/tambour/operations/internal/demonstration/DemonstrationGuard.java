package fr.tambour.operations.internal.demonstration;

import fr.tambour.storage.Database;
import fr.tambour.storage.SettingsRefused;
import fr.tambour.storage.StorageSettings;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps demonstration and reality apart: a demonstration does not start on data that hold a real town, nor the other way
 * round.
 */
@Component
class DemonstrationGuard implements SmartLifecycle {

    private final Towns towns;
    private final String place;
    private final boolean demonstration;
    private volatile boolean running;

    DemonstrationGuard(
            Towns towns,
            Database database,
            StorageSettings settings,
            @Value("${tambour.demo:false}") boolean demonstration) {
        this.towns = towns;
        this.place = database.isPostgres()
                ? "The database"
                : "The data folder " + settings.data().toAbsolutePath().normalize();
        this.demonstration = demonstration;
    }

    @Override
    public void start() {
        running = true;
        if (towns.all().stream().map(Town::demonstration).anyMatch(invented -> invented != demonstration)) {
            throw new SettingsRefused(place
                    + (demonstration ? " holds a real town: start the demonstration" : " holds a demonstration: start")
                    + " on another, named by TAMBOUR_DATA or TAMBOUR_DATABASE_URL.");
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** First of all. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
