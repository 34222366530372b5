package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.FediversePaths;
import fr.tambour.town.Towns;
import fr.tambour.ui.FormGate;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What other servers send is read from anybody; it is small, and looked at before anything is done about it. */
@Component
class FediverseForms implements FormGate {

    private static final Pattern PLACE =
            Pattern.compile("/@[A-Za-z0-9_.-]+" + FediversePaths.INBOX + "|" + FediversePaths.SHARED_INBOX);

    private final Towns towns;

    FediverseForms(Towns towns) {
        this.towns = towns;
    }

    @Override
    public boolean opens(Form form) {
        return form.kind() == FormGate.Kind.OTHER
                && PLACE.matcher(form.path()).matches()
                && towns.byHost(form.host()).isPresent();
    }
}
