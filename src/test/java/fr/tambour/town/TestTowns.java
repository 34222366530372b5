package fr.tambour.town;

import fr.tambour.town.Profile.Colours;
import fr.tambour.town.Profile.Contact;
import fr.tambour.town.Profile.Director;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;

/** Plausible towns for tests. */
public final class TestTowns {

    public static final Town.Origin CLAIRVAL = new Town.Origin(TownType.COMMUNE, "91999", "91", "Essonne");

    private TestTowns() {}

    /** A town of this name whose only host is {@code host}. */
    public static Profile profile(String name, String host) {
        return new Profile(
                name,
                TownStyle.VILLE,
                "91990",
                4_812,
                URI.create("https://" + host),
                List.of(host),
                List.of("fr", "en"),
                ZoneId.of("Europe/Paris"),
                Colours.DEFAULT,
                null,
                new Director("Claude Martin", "maire"),
                Contact.NONE);
    }

    /** The same town with these words before its name, and this director. */
    public static Profile led(Profile town, TownStyle style, Director director) {
        return new Profile(
                town.name(),
                style,
                town.postalCode(),
                town.population(),
                town.baseUrl(),
                town.hosts(),
                town.languages(),
                town.zone(),
                town.colours(),
                town.arms(),
                director,
                town.contact());
    }

    /** The same town speaking these languages. */
    public static Profile speaking(Profile town, List<String> languages) {
        return new Profile(
                town.name(),
                town.style(),
                town.postalCode(),
                town.population(),
                town.baseUrl(),
                town.hosts(),
                languages,
                town.zone(),
                town.colours(),
                town.arms(),
                town.director(),
                town.contact());
    }
}
