package fr.tambour.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Choices;
import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.Errand.Reach;
import fr.tambour.dispatch.internal.engine.Ref;
import fr.tambour.notice.Content;
import fr.tambour.notice.DeskTown;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.Outreach;
import fr.tambour.notice.Outreach.Way;
import fr.tambour.phone.internal.Phone;
import fr.tambour.phone.internal.PhoneChannel;
import fr.tambour.phone.internal.Phones;
import fr.tambour.phone.internal.PushEndpoint;
import fr.tambour.phone.internal.TestKeys;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.ListEntry;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import java.net.URI;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is told of what once the town has dropped a district or a theme that they had chosen. */
@ParameterizedClass
@MethodSource("fr.tambour.notice.DeskTown#onBothEngines")
class DroppedChoicesTest {

    /** Which phone chose what. */
    private static final long LIMES = 1;

    private static final long ORGE = 2;
    private static final long BOTH = 3;
    private static final long NOTHING = 4;
    private static final long CULTURE = 5;
    private static final long SPORT = 6;

    private final DeskTown town;
    private final Districts districts;
    private final Themes themes;

    DroppedChoicesTest(DeskTown town) {
        this.town = town;
        districts = town.tambour.bean(Districts.class);
        themes = town.tambour.bean(Themes.class);
    }

    private static List<ListEntry> entries(String... names) {
        return Arrays.stream(names)
                .map(name -> new ListEntry(null, Map.of("fr", name)))
                .toList();
    }

    /** Whoever is named again keeps its id, or gets back the one it had. */
    private Map<String, Long> districts(String... names) {
        return town
                .write(() -> {
                    districts.arrange(town.here.id(), List.of());
                    return districts.arrange(town.here.id(), entries(names));
                })
                .stream()
                .collect(Collectors.toMap(district -> district.names().get("fr"), District::id));
    }

    private Map<String, Long> themes(String... names) {
        return town
                .write(() -> {
                    themes.arrange(town.here.id(), List.of());
                    return themes.arrange(town.here.id(), entries(names));
                })
                .stream()
                .collect(Collectors.toMap(theme -> theme.names().get("fr"), Theme::id));
    }

    @BeforeEach
    void phonesThatChose() {
        Map<String, Long> quarters = districts("Les Tilleuls", "Bords de l’Orge");
        Map<String, Long> subjects = themes("Culture", "Sport");
        long limes = quarters.get("Les Tilleuls");
        long orge = quarters.get("Bords de l’Orge");
        phone(LIMES, Set.of(), Set.of(limes));
        phone(ORGE, Set.of(), Set.of(orge));
        phone(BOTH, Set.of(), Set.of(limes, orge));
        phone(NOTHING, Set.of(), Set.of());
        phone(CULTURE, Set.of(subjects.get("Culture")), Set.of());
        phone(SPORT, Set.of(subjects.get("Sport")), Set.of());
    }

    private void phone(long key, Set<Long> chosenThemes, Set<Long> chosenDistricts) {
        Phones phones = town.tambour.bean(Phones.class);
        Choices choices = new Choices(Set.of(), chosenThemes, chosenDistricts, null, "fr", false);
        Phone phone = new Phone(
                key,
                "push.example",
                new PushEndpoint(URI.create("https://push.example/" + key), TestKeys.publicKey(), TestKeys.secret(1)),
                "fr");
        Instant now = town.tambour.clock().instant();
        town.write(() -> {
            phones.end(town.here.id(), key);
            phones.add(town.here.id(), phone, "mac" + key, true, choices, "token", now);
            phones.activate(town.here.id(), key, "token", now, now, YearMonth.of(2026, 11));
            return true;
        });
    }

    private Content of(Content content, Set<Long> ofThemes, Set<Long> ofDistricts) {
        return new Content(
                content.kind(),
                content.words(),
                content.pictures(),
                new TreeSet<>(ofDistricts),
                new TreeSet<>(ofThemes),
                content.from(),
                content.until(),
                content.source(),
                content.event(),
                content.emergency(),
                new TreeSet<>(Set.of("phone", "website")),
                content.edited(),
                content.wished());
    }

    private NoticeId news(Set<Long> ofThemes, Set<Long> ofDistricts) {
        return town.published(of(town.news("La fontaine coule"), ofThemes, ofDistricts));
    }

    private NoticeId alert(long district) {
        NoticeId id = town.newId();
        town.desk.releaseEmergency(town.approver, id, of(town.alert("Montez à l’étage."), Set.of(), Set.of(district)));
        return id;
    }

    private Errand errand(NoticeId id) {
        Dispatch told = town.tambour.bean(Dispatches.class).of(town.here.id(), id).stream()
                .filter(dispatch -> dispatch.channel().equals(PhoneChannel.NAME))
                .findFirst()
                .orElseThrow();
        return town.tambour.bean(Errands.class).get(new Ref(town.here.id().value(), told.id()));
    }

    private List<Long> told(NoticeId id) {
        return told(errand(id));
    }

    /** As they are found page by page, one by one, and as they are counted: the same. */
    private List<Long> told(Errand errand) {
        PhoneChannel channel = town.tambour.bean(PhoneChannel.class);
        List<Long> keys = town.write(() -> channel.recipients(errand, 0, Long.MAX_VALUE, 100)).stream()
                .map(Phone::key)
                .toList();
        List<Long> all = LongStream.rangeClosed(LIMES, SPORT).boxed().toList();
        assertThat(town.write(() -> channel.recipients(errand, all)))
                .extracting(Phone::key)
                .isEqualTo(keys);
        assertThat(town.write(() -> channel.count(errand, 0, Long.MAX_VALUE))).isEqualTo(keys.size());
        return keys;
    }

    private Way foretold(Content content) {
        Instant now = town.tambour.clock().instant();
        return town.tambour
                .bean(Outreach.class)
                .way(new DraftView(town.here, false, content, "", now, Optional.empty()), PhoneChannel.NAME)
                .orElseThrow();
    }

    private Errand withdrawal(NoticeId of) {
        Errand first = errand(of);
        return new Errand(
                9,
                town.here.id(),
                of,
                1,
                Purpose.WITHDRAWAL,
                new Audience(Kind.NEWS, false, Set.of(), Set.of()),
                new Hours.Reached(),
                town.tambour.clock().instant(),
                null,
                List.of(new Reach(
                        0,
                        Long.MAX_VALUE,
                        first.audience(),
                        first.hours(),
                        first.openedAt(),
                        first.openedAt(),
                        first.openedAt())));
    }

    @Test
    void whoseDistrictsAreAllDroppedIsToldAsIfTheyHadChosenNone() {
        Map<String, Long> quarters = districts("Bords de l’Orge", "Tilleuls-Nord");

        assertThat(told(news(Set.of(), Set.of(quarters.get("Tilleuls-Nord")))))
                .containsExactly(LIMES, NOTHING, CULTURE, SPORT);
        assertThat(told(news(Set.of(), Set.of(quarters.get("Bords de l’Orge")))))
                .containsExactly(LIMES, ORGE, BOTH, NOTHING, CULTURE, SPORT);
    }

    @Test
    void anAlertReachesWhoeverHadChosenADistrictThatIsDroppedWhateverElseTheyChose() {
        Map<String, Long> quarters = districts("Bords de l’Orge", "Tilleuls-Nord");

        assertThat(told(alert(quarters.get("Tilleuls-Nord")))).containsExactly(LIMES, BOTH, NOTHING, CULTURE, SPORT);
        assertThat(foretold(of(town.alert("Montez."), Set.of(), Set.of(quarters.get("Tilleuls-Nord")))))
                .as("the desk reads so beforehand")
                .isEqualTo(new Way.Told(5, new TreeMap<>(), 0));
    }

    @Test
    void whoseThemesAreAllDroppedIsToldAsIfTheyHadChosenNone() {
        long sport = themes("Sport", "Nature").get("Sport");

        assertThat(told(news(Set.of(sport), Set.of()))).containsExactly(LIMES, ORGE, BOTH, NOTHING, CULTURE, SPORT);
        long nature = themes("Sport", "Nature").get("Nature");
        assertThat(told(news(Set.of(nature), Set.of()))).containsExactly(LIMES, ORGE, BOTH, NOTHING, CULTURE);
    }

    @Test
    void aDistrictThatComesBackIsChosenAgainAndWhoWasToldMeanwhileIsToldOfTheWithdrawal() {
        Map<String, Long> quarters = districts("Bords de l’Orge", "Tilleuls-Nord");
        long north = quarters.get("Tilleuls-Nord");
        NoticeId news = news(Set.of(), Set.of(north));
        NoticeId alert = alert(north);

        districts("Bords de l’Orge", "Tilleuls-Nord", "Les Tilleuls");

        assertThat(told(alert(north))).containsExactly(NOTHING, CULTURE, SPORT);
        assertThat(told(withdrawal(news))).containsExactly(LIMES, NOTHING, CULTURE, SPORT);
        assertThat(told(withdrawal(alert))).containsExactly(LIMES, BOTH, NOTHING, CULTURE, SPORT);
    }

    @Test
    void whoWasNotToldHearsNothingOfTheWithdrawalThoughTheirDistrictIsDroppedSince() {
        NoticeId alert = alert(districts("Les Tilleuls", "Bords de l’Orge").get("Bords de l’Orge"));

        districts("Bords de l’Orge");

        assertThat(told(withdrawal(alert))).containsExactly(ORGE, BOTH, NOTHING, CULTURE, SPORT);
    }
}
