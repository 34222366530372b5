package fr.tambour.desk.internal;

import fr.tambour.town.Profile;
import fr.tambour.town.Town;
import fr.tambour.town.TownStyle;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A town's facts as somebody types them, at set-up and in the settings.
 *
 * @param style name of a {@link TownStyle}
 * @param population digits, spaces allowed, or empty
 * @param hosts further host names, one a line
 * @param language tag of the first language
 * @param languages tags of the others
 */
public record TownForm(
        String name,
        String style,
        String postalCode,
        String population,
        String baseUrl,
        String hosts,
        String language,
        List<String> languages,
        String zone,
        String directorName,
        String directorFunction,
        String address,
        String phone,
        String mail,
        String openingHours) {

    /** What a browser did not send is empty. */
    public TownForm(
            @Nullable String name,
            @Nullable String style,
            @Nullable String postalCode,
            @Nullable String population,
            @Nullable String baseUrl,
            @Nullable String hosts,
            @Nullable String language,
            @Nullable List<String> languages,
            @Nullable String zone,
            @Nullable String directorName,
            @Nullable String directorFunction,
            @Nullable String address,
            @Nullable String phone,
            @Nullable String mail,
            @Nullable String openingHours) {
        this.name = text(name);
        this.style = text(style);
        this.postalCode = text(postalCode);
        this.population = text(population);
        this.baseUrl = text(baseUrl);
        this.hosts = text(hosts);
        this.language = text(language);
        this.languages = languages == null ? List.of() : List.copyOf(languages);
        this.zone = text(zone);
        this.directorName = text(directorName);
        this.directorFunction = text(directorFunction);
        this.address = text(address);
        this.phone = text(phone);
        this.mail = text(mail);
        this.openingHours = text(openingHours);
    }

    public static TownForm of(Profile profile) {
        URI base = profile.baseUrl();
        List<String> more = profile.hosts().stream()
                .filter(host -> !host.equals(base.getHost()))
                .toList();
        return new TownForm(
                profile.name(),
                profile.style().name(),
                profile.postalCode(),
                profile.population() == null ? "" : profile.population().toString(),
                base.toString(),
                String.join("\n", more),
                profile.languages().getFirst(),
                profile.languages().subList(1, profile.languages().size()),
                profile.zone().getId(),
                profile.director().name(),
                profile.director().function(),
                profile.contact().address(),
                profile.contact().phone(),
                profile.contact().mail(),
                profile.contact().openingHours());
    }

    public static TownForm of(Town town) {
        return of(town.profile());
    }

    private static String text(@Nullable String sent) {
        return sent == null ? "" : sent;
    }
}
