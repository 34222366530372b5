package fr.tambour.operations.internal.demonstration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sees to the demonstration town at every start in demonstration mode, before the web server opens, so that nobody sees
 * half a town. Asked at run time, not by a condition: the distribution's beans are chosen when it is built.
 */
@Component
class DemonstrationStart implements SmartLifecycle {

    /** Before the web server, after everything that has no phase of its own. */
    private static final int PHASE = 0;

    private final ObjectProvider<DemonstrationTown> town;
    private final boolean demonstration;
    private volatile boolean running;

    DemonstrationStart(ObjectProvider<DemonstrationTown> town, @Value("${tambour.demo:false}") boolean demonstration) {
        this.town = town;
        this.demonstration = demonstration;
    }

    @Override
    public void start() {
        running = true;
        if (demonstration) {
            town.getObject().ensure();
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

    @Override
    public int getPhase() {
        return PHASE;
    }
}
