package fr.tambour.phone.studio;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Choices;
import fr.tambour.dispatch.Choices.QuietHours;
import fr.tambour.notice.DeskTown;
import fr.tambour.notice.Kind;
import fr.tambour.people.StudioClient;
import fr.tambour.phone.internal.Phone;
import fr.tambour.phone.internal.Phones;
import fr.tambour.phone.internal.PushEndpoint;
import fr.tambour.phone.internal.TestKeys;
import fr.tambour.phone.site.QrCode;
import fr.tambour.town.Districts;
import fr.tambour.town.ListEntry;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import java.net.URI;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the desk sees of phones: how many, and never so few that one of them could be found. */
@ParameterizedClass
@MethodSource("fr.tambour.notice.DeskTown#onBothEngines")
class StudioPhonesTest {

    private static final Choices PRACTICAL =
            new Choices(Set.of(Kind.EMERGENCY, Kind.PRACTICAL), Set.of(), Set.of(), new QuietHours(21, 7), "fr", false);
    private static final Choices NEWS =
            new Choices(Set.of(Kind.EMERGENCY, Kind.NEWS), Set.of(), Set.of(), null, "en", false);

    private static final Choices EVENTS =
            new Choices(Set.of(Kind.EMERGENCY, Kind.EVENT), Set.of(), Set.of(), null, "fr", false);

    private final DeskTown town;

    StudioPhonesTest(DeskTown town) {
        this.town = town;
    }

    private String page() {
        return page(town.here, "ines@clairval.example");
    }

    private String page(Town of, String person) {
        StudioClient client = new StudioClient(town.tambour, of.slug());
        client.signIn(person, "une phrase assez longue");
        return client.get("/studio/telephones").body();
    }

    private String count(String page, String line) {
        Matcher row = Pattern.compile("<th scope=\"row\">" + Pattern.quote(line) + "</th><td class=\"n\">([^<]*)</td>")
                .matcher(page);
        assertThat(row.find()).as(line).isTrue();
        return row.group(1);
    }

    @Test
    void numbersUnderTenAreNotShownAndSmallServicesAreAddedUp() {
        assertThat(page()).contains("Aucun appareil n’a encore demandé");

        Phones phones = town.tambour.bean(Phones.class);
        byte[] key = TestKeys.publicKey();
        town.write(() -> {
            for (long i = 1; i <= 26; i++) {
                String origin = i <= 12 ? "fcm.googleapis.com" : i <= 21 ? "web.push.apple.com" : "ntfy.example";
                Phone phone = new Phone(
                        i,
                        origin,
                        new PushEndpoint(URI.create("https://" + origin + "/" + i), key, TestKeys.secret(1)),
                        "fr");
                phones.add(
                        town.here.id(),
                        phone,
                        "mac" + i,
                        true,
                        i <= 12 ? PRACTICAL : i <= 17 ? NEWS : EVENTS,
                        "token",
                        Instant.EPOCH);
                phones.activate(town.here.id(), i, "token", Instant.EPOCH, Instant.EPOCH, YearMonth.of(2026, 11));
            }
            return true;
        });

        String page = page();
        assertThat(page)
                .contains("Environ 30 appareils sont prévenus")
                .doesNotContain("ntfy.example", "web.push.apple.com");
        assertThat(count(page, "fcm.googleapis.com")).isEqualTo("environ 10");
        assertThat(count(page, "Autres services")).isEqualTo("environ 10");
        assertThat(count(page, "Alertes")).isEqualTo("environ 30");
        assertThat(count(page, "Infos pratiques")).isEqualTo("environ 10");
        assertThat(count(page, "Langue\u00a0: français"))
                .as("nearly all are all: the others are so few")
                .isEqualTo("environ 30");
        assertThat(count(page, "Nouveautés")).isEqualTo("moins de dix");
        assertThat(count(page, "Rendez-vous")).isEqualTo("moins de dix");
        assertThat(count(page, "Silence la nuit")).isEqualTo("environ 10");
        assertThat(page)
                .contains(
                        "href=\"/prevenir/affiche\"",
                        "href=\"/prevenir/affiche.pdf\"",
                        "href=\"/en/prevenir/affiche.pdf\"",
                        "Télécharger en PDF, anglais");
        assertThat(count(page, "Exercices d’alerte"))
                .as("none: the first one would show")
                .isEqualTo("moins de dix");
        // The desk's own phones: a link to touch, and the same as a code to read.
        assertThat(page)
                .contains(
                        "href=\"https://clairval.example/prevenir/exercices\"",
                        QrCode.of("https://clairval.example/prevenir/exercices").path());
    }

    @Test
    void whoChoseOnlyWhatIsDroppedCountsForEveryDistrictAsTheyAreToldOfEach() {
        Phones phones = town.tambour.bean(Phones.class);
        Districts districts = town.tambour.bean(Districts.class);
        byte[] key = TestKeys.publicKey();
        TownId there = town.there.id();
        long limes = town.write(() ->
                        districts.arrange(there, List.of(new ListEntry(null, Map.of("fr", "Les Tilleuls")))))
                .getFirst()
                .id();
        Choices choices = new Choices(Set.of(Kind.EMERGENCY), Set.of(), Set.of(limes), null, "fr", false);
        town.write(() -> {
            for (long i = 1; i <= 12; i++) {
                Phone phone = new Phone(
                        i,
                        "fcm.googleapis.com",
                        new PushEndpoint(URI.create("https://fcm.googleapis.com/" + i), key, TestKeys.secret(1)),
                        "fr");
                phones.add(there, phone, "mac" + i, true, choices, "token", Instant.EPOCH);
                phones.activate(there, i, "token", Instant.EPOCH, Instant.EPOCH, YearMonth.of(2026, 11));
            }
            return districts.arrange(there, List.of(new ListEntry(null, Map.of("fr", "Tilleuls-Nord"))));
        });

        assertThat(count(page(town.there, "zoe@orval.example"), "Quartier\u00a0: Tilleuls-Nord"))
                .isEqualTo("environ 10");
    }
}
