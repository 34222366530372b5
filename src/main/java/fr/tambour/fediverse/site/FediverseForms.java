package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.FediversePaths;
import fr.tambour.town.Towns;
import fr.tambour.ui.FormGate;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What other servers send is read from anybody; it is small, and looked at before anything is done about it. */
@Component
class FediverseForms implements FormGate {

    private static final Pattern INBOX =
            Pattern.compile("/@" + FediversePaths.NAME + FediversePaths.INBOX + "|" + FediversePaths.SHARED_INBOX);
    private static final Pattern FOLLOW =
            Pattern.compile("(/[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2})?/@" + FediversePaths.NAME + FediversePaths.FOLLOW);

    private final Towns towns;

    FediverseForms(Towns towns) {
        this.towns = towns;
    }

    @Override
    public boolean opens(Form form) {
        boolean isOurs = switch (form.kind()) {
            case OTHER -> INBOX.matcher(form.path()).matches();
            case FIELDS -> FOLLOW.matcher(form.path()).matches();
            case FILES -> false;
        };
        return isOurs && towns.byHost(form.host()).isPresent();
    }
}
