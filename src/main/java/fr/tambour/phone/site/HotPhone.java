package fr.tambour.phone.site;

import fr.tambour.live.HotResource;
import fr.tambour.town.Town;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Where an alert sends people, and what each of their phones asks for when it shows one. */
@Component
class HotPhone implements HotResource {

    private static final Set<String> PATHS = Set.of(PhonePaths.SUBSCRIBE, PhonePaths.MANIFEST, PhonePaths.WORKER);

    @Override
    public boolean at(String path) {
        return PATHS.contains(path) || AppIcons.Form.NAMES.stream().anyMatch(name -> path.equals(AppIcons.path(name)));
    }

    @Override
    public boolean isCurrent(String address, Town town) {
        return AppIcons.Form.NAMES.stream().anyMatch(name -> address.equals(AppIcons.path(name, town)));
    }
}
