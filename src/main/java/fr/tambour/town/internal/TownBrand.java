package fr.tambour.town.internal;

import fr.tambour.text.Typography;
import fr.tambour.town.Profile;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.TownPaths;
import fr.tambour.town.Towns;
import fr.tambour.ui.Brand;
import fr.tambour.ui.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the town's name, colours and arms on every page. */
@Component
class TownBrand implements Brand.Provider {

    private final Towns towns;

    /** Every request asks, be it for the languages alone, and to set the lines of a contact takes longer than many an answer. */
    private final ConcurrentMap<TownId, Made> made = new ConcurrentHashMap<>();

    private record Made(Town town, Brand brand) {}

    TownBrand(Towns towns) {
        this.towns = towns;
    }

    @Override
    public Optional<Brand> brand(Scope scope) {
        return towns.byId(new TownId(scope.townId())).map(this::known);
    }

    private Brand known(Town town) {
        Made known = made.get(town.id());
        if (known == null || !known.town().equals(town)) {
            known = new Made(town, brand(town));
            made.put(town.id(), known);
        }
        return known.brand();
    }

    private static Brand brand(Town town) {
        // Of the bare name: an EPCI's own holds the words before it already.
        String name = town.profile().name();
        return new Brand(
                town.profile().style().prefix(name),
                town.profile().style().rest(name),
                town.baseUrl().toString(),
                town.languages(),
                TownPaths.colours(town),
                TownPaths.arms(town),
                contact(town.fullName(), town.profile().contact(), town.locale()),
                town.demonstration());
    }

    private static Brand.Contact contact(String heading, Profile.Contact contact, Locale locale) {
        return new Brand.Contact(
                heading,
                lines(contact.address(), locale),
                blankToNull(Typography.of(contact.phone(), locale)),
                blankToNull(contact.mail()),
                lines(contact.openingHours(), locale));
    }

    private static List<String> lines(String text, Locale locale) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> Typography.of(line, locale))
                .toList();
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }
}
