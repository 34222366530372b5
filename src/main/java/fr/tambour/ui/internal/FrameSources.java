package fr.tambour.ui.internal;

import fr.tambour.ui.Assets;
import fr.tambour.ui.Band;
import fr.tambour.ui.Brand;
import fr.tambour.ui.HeadLink;
import fr.tambour.ui.HeadMeta;
import fr.tambour.ui.MenuEntry;
import fr.tambour.ui.Scope;
import fr.tambour.ui.SignedIn;
import fr.tambour.ui.SiteLink;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Where frames get what they show. */
@Component
record FrameSources(
        Words words,
        Assets assets,
        Languages languages,
        ObjectProvider<Brand.Provider> brands,
        ObjectProvider<Band.Provider> bands,
        ObjectProvider<SiteLink.Provider> links,
        ObjectProvider<HeadLink.Provider> headLinks,
        ObjectProvider<HeadMeta.Provider> headMetas,
        ObjectProvider<MenuEntry.Provider> menu,
        ObjectProvider<SignedIn.Provider> signedIn) {

    RequestFrame frameFor(HttpServletRequest request) {
        return new RequestFrame(this, request, false);
    }

    /** For a page about something that broke here: it may have been the database, so the page asks for nothing. */
    RequestFrame aloneFor(HttpServletRequest request) {
        return new RequestFrame(this, request, true);
    }

    Optional<Brand> brand(Scope scope) {
        return scope.townId() == 0
                ? Optional.empty()
                : Gather.first(brands.orderedStream().toList(), provider -> provider.brand(scope));
    }
}
