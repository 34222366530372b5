package fr.tambour.desk.setup;

import fr.tambour.desk.internal.SetupLink;
import fr.tambour.ui.FormGate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The forms of set-up are read from whoever has its link, while it is good. */
@Component
class SetupForms implements FormGate {

    private static final Pattern SETUP = Pattern.compile("/mise-en-place/([^/]+)/.*");

    private final SetupLink link;

    SetupForms(SetupLink link) {
        this.link = link;
    }

    @Override
    public boolean opens(Form form) {
        Matcher setup = SETUP.matcher(form.path());
        return setup.matches() && link.isGood(setup.group(1));
    }
}
