package fr.tambour.town.internal;

import fr.tambour.storage.OtherNodes;
import org.springframework.stereotype.Component;

/** Has this node learn what others have changed in a town. */
@Component
class TownsWatch {

    TownsWatch(JdbcTowns towns, OtherNodes nodes) {
        nodes.watch("Changes of towns by other nodes are not seen", towns::refresh);
        nodes.listen(town -> towns.refresh());
    }
}
