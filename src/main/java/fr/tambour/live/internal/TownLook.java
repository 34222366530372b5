package fr.tambour.live.internal;

import fr.tambour.live.HotResource;
import fr.tambour.town.Town;
import fr.tambour.town.TownPaths;
import java.util.List;
import org.springframework.stereotype.Component;

/** A town's colours, without which a browser shows none of its pages, its arms, and what networks show of its account. */
@Component
class TownLook implements HotResource {

    @Override
    public boolean at(String path) {
        return false;
    }

    @Override
    public boolean isCurrent(String address, Town town) {
        return address.startsWith("/ville/")
                && List.of(
                                TownPaths.colours(town),
                                TownPaths.arms(town),
                                TownPaths.portrait(town),
                                TownPaths.banner(town))
                        .contains(address);
    }
}
