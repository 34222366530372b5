package fr.tambour.phone.site;

import fr.tambour.town.Towns;
import fr.tambour.ui.FormGate;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What phones send is read from anybody, and is small. */
@Component
class PhoneForms implements FormGate {

    private static final Pattern PLACE =
            Pattern.compile("(/[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2})?/prevenir/(telephones|codes)(/[a-z]+)?");

    private final Towns towns;

    PhoneForms(Towns towns) {
        this.towns = towns;
    }

    @Override
    public boolean opens(Form form) {
        return form.kind() == FormGate.Kind.OTHER
                && PLACE.matcher(form.path()).matches()
                && towns.byHost(form.host()).isPresent();
    }
}
