package fr.tambour.live.internal;

import fr.tambour.town.Town;
import fr.tambour.town.TownChange;
import org.springframework.stereotype.Component;

/** A town that changes its name or colours has other pages. */
@Component
class LookedOtherwise implements TownChange {

    private final Pulse pulse;

    LookedOtherwise(Pulse pulse) {
        this.pulse = pulse;
    }

    @Override
    public void changed(Town before, Town after) {
        AfterCommit.run(() -> pulse.changed(after.id()));
    }
}
