package fr.tambour.town;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.stereotype.Component;

/**
 * Whose page sends a public form. No cookie, no token: a browser says itself on whose behalf it asks (Sec-Fetch-Site,
 * Origin); a program says nothing.
 */
@Component
public class PublicForms {

    private final Towns towns;

    PublicForms(Towns towns) {
        this.towns = towns;
    }

    /** Whether another site's page asks. */
    public boolean isForeign(HttpServletRequest request, Town town) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        return site != null ? !site.equals("same-origin") : origin != null && !isOf(origin, town);
    }

    private boolean isOf(String origin, Town town) {
        try {
            String host = URI.create(origin).getHost();
            return host != null
                    && towns.byHost(HostName.ofHeader(host))
                            .filter(known -> known.id().equals(town.id()))
                            .isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
