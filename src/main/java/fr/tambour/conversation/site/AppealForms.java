package fr.tambour.conversation.site;

import fr.tambour.conversation.internal.AppealDesk;
import fr.tambour.town.Towns;
import fr.tambour.ui.FormGate;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What somebody says who contests that their message was hidden: a small form, from anybody who has its address. */
@Component
class AppealForms implements FormGate {

    private static final Pattern PLACE =
            Pattern.compile("(/[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2})?" + AppealDesk.PATH + AppealController.TOKEN);

    private final Towns towns;

    AppealForms(Towns towns) {
        this.towns = towns;
    }

    @Override
    public boolean opens(Form form) {
        return form.kind() == FormGate.Kind.FIELDS
                && PLACE.matcher(form.path()).matches()
                && towns.byHost(form.host()).isPresent();
    }
}
