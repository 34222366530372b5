package fr.tambour.desk.internal;

import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Kind;
import fr.tambour.town.Commune;
import fr.tambour.town.Communes;
import fr.tambour.town.HostName;
import fr.tambour.town.Profile;
import fr.tambour.town.Town;
import fr.tambour.town.TownType;
import fr.tambour.ui.Words;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What is suggested to a new town, so that nothing has to be looked up. */
@Component
public class Defaults {

    /** Where councils have a communication service of more than one, as a rule. */
    private static final int TOWN_WITH_A_SERVICE = 3_500;

    /** Below, few towns have districts that people call by a name. */
    private static final int TOWN_WITH_DISTRICTS = 10_000;

    private final Communes communes;
    private final Words words;

    Defaults(Communes communes, Words words) {
        this.communes = communes;
        this.words = words;
    }

    Town.Origin origin(Commune commune) {
        return new Town.Origin(commune.type(), commune.code(), commune.departmentCode(), commune.departmentName());
    }

    Profile profile(Commune commune, URI baseUrl) {
        String host = HostName.ofHeader(baseUrl.getHost());
        return new Profile(
                commune.usualName(),
                commune.usualStyle(),
                commune.postalCodes().isEmpty() ? "" : commune.postalCodes().getFirst(),
                commune.population().isEmpty() ? null : commune.population().getAsInt(),
                baseUrl,
                HostName.isLoopback(host) ? List.of() : List.of(host),
                List.of("fr"),
                commune.zone(),
                Profile.Colours.DEFAULT,
                null,
                new Profile.Director("", words.get(directorKey(commune.type()))),
                Profile.Contact.NONE);
    }

    private static String directorKey(TownType type) {
        return switch (type) {
            case COMMUNE, DELEGATED, ARRONDISSEMENT -> "desk.default.mayor";
            case EPCI -> "desk.default.president";
        };
    }

    /** Delegated communes and arrondissements are districts that have a name already. */
    List<String> districts(Commune commune) {
        List<Commune> parts = communes.partsOf(commune.code());
        if (commune.type() == TownType.COMMUNE && !parts.isEmpty()) {
            return parts.stream().map(Commune::usualName).toList();
        }
        boolean large = commune.type() != TownType.EPCI && commune.population().orElse(0) >= TOWN_WITH_DISTRICTS;
        return large ? list("desk.default.districts") : List.of();
    }

    List<String> themes() {
        return list("desk.default.themes");
    }

    Map<Kind, ApprovalPolicy> policies(Commune commune) {
        ApprovalPolicy usual = commune.population().orElse(0) >= TOWN_WITH_A_SERVICE
                ? ApprovalPolicy.FOUR_EYES
                : ApprovalPolicy.SINGLE;
        Map<Kind, ApprovalPolicy> policies = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            policies.put(kind, kind == Kind.EMERGENCY ? ApprovalPolicy.SINGLE : usual);
        }
        return policies;
    }

    private List<String> list(String key) {
        return Arrays.asList(words.in(Locale.FRENCH).get(key).split("\\|"));
    }
}
