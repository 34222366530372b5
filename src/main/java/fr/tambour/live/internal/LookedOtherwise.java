package fr.tambour.live.internal;

import fr.tambour.live.Shown;
import fr.tambour.town.Town;
import fr.tambour.town.TownChange;
import org.springframework.stereotype.Component;

/** A town that changes its name or colours has other pages. */
@Component
class LookedOtherwise implements TownChange {

    private final Shown shown;

    LookedOtherwise(Shown shown) {
        this.shown = shown;
    }

    @Override
    public void changed(Town before, Town after) {
        shown.changes(after.id());
    }
}
