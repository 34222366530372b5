package fr.tambour.operations.internal.demonstration;

import fr.tambour.operations.internal.SettingsRefused;
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
    private final boolean demonstration;
    private volatile boolean running;

    DemonstrationGuard(Towns towns, @Value("${tambour.demo:false}") boolean demonstration) {
        this.towns = towns;
        this.demonstration = demonstration;
    }

    @Override
    public void start() {
        running = true;
        if (towns.all().stream().map(Town::demonstration).anyMatch(invented -> invented != demonstration)) {
            throw new SettingsRefused(
                    demonstration
                            ? "These data hold a real town: a demonstration needs a data folder (TAMBOUR_DATA) or database of"
                                    + " its own."
                            : "These data hold a demonstration: a real town needs a data folder (TAMBOUR_DATA) or database of"
                                    + " its own.");
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
