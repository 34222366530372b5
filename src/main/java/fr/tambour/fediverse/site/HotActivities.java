package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.FediversePaths;
import fr.tambour.fediverse.internal.Gate;
import fr.tambour.live.HotResource;
import fr.tambour.town.TownId;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Accounts and notices as other servers read them: each asks for a notice that one of its people follows or reposts. */
@Component
class HotActivities implements HotResource {

    private static final Pattern ACCOUNT = Pattern.compile("/@" + FediversePaths.NAME);
    private static final List<Pattern> DOCUMENTS =
            List.of(ACCOUNT, Pattern.compile("/avis/[0-9a-z]{13}(?:/[a-z0-9-]+|/fil/[0-9]{1,9})?"));

    private final Gate gate;

    HotActivities(Gate gate) {
        this.gate = gate;
    }

    /** The account's page. */
    @Override
    public boolean at(String path) {
        return ACCOUNT.matcher(path).matches();
    }

    @Override
    public boolean isActivityForAll(TownId town) {
        return gate.isKnownToBeOpen(town);
    }

    @Override
    public boolean hasActivity(String path) {
        return DOCUMENTS.stream().anyMatch(document -> document.matcher(path).matches());
    }
}
