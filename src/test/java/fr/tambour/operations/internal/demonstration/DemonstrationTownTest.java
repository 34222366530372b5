package fr.tambour.operations.internal.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.desk.internal.TownForm;
import fr.tambour.desk.internal.TownFormReader;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DeskQueries.Page;
import fr.tambour.notice.DeskQueries.Row;
import fr.tambour.notice.DeskQueries.Selection;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Kind;
import fr.tambour.notice.PublicState;
import fr.tambour.people.Membership;
import fr.tambour.people.People;
import fr.tambour.people.Role;
import fr.tambour.people.StudioClient;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.Profile;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What whoever tries Tambour finds: a town with a past of its own, and something to do at every step. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemonstrationTownTest {

    private TambourServer tambour;
    private Town town;
    private final List<Row> notices = new ArrayList<>();

    @BeforeAll
    void start() {
        tambour = TambourServer.demonstration(Dialect.SQLITE);
        assertThat(tambour.bean(Towns.class).all()).hasSize(1);
        town = tambour.bean(Towns.class).all().getFirst();
        Optional<String> cursor = Optional.empty();
        do {
            Page<Row> page = tambour.bean(DeskQueries.class).list(town.id(), Selection.ALL, cursor.orElse(null), 100);
            notices.addAll(page.rows());
            cursor = page.next();
        } while (cursor.isPresent());
    }

    @AfterAll
    void stop() {
        tambour.close();
    }

    @Test
    void eightyNoticesAndMoreHaveComeOutOverFourteenMonths() {
        assertThat(town.demonstration()).isTrue();
        assertThat(notices).hasSizeGreaterThanOrEqualTo(80);
        Set<YearMonth> months = notices.stream()
                .map(Row::publishedAt)
                .filter(Objects::nonNull)
                .map(at -> YearMonth.from(at.atZone(town.zone())))
                .collect(Collectors.toSet());
        YearMonth now = YearMonth.from(Instant.now().atZone(town.zone()));
        assertThat(months).contains(now, now.minusMonths(13)).hasSizeGreaterThanOrEqualTo(14);
        assertThat(notices).extracting(Row::publishedAt).allMatch(at -> at == null || !at.isAfter(Instant.now()));
    }

    @Test
    void everyKindAndEveryStateIsThere() {
        assertThat(notices.stream().map(Row::kind)).containsAll(EnumSet.allOf(Kind.class));
        assertThat(notices.stream().map(row -> row.standing().publicState()))
                .containsAll(EnumSet.allOf(PublicState.class));
        assertThat(notices.stream().map(row -> row.standing().draft())).containsAll(EnumSet.allOf(DraftState.class));
    }

    @Test
    void anAlertStandsForHoursToComeAndIsSeenOnEveryPage() {
        assertThat(notices)
                .filteredOn(row -> row.kind() == Kind.EMERGENCY)
                .filteredOn(row -> row.standing().publicState() == PublicState.PUBLISHED)
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.until()).isAfter(Instant.now().plus(Duration.ofHours(12)));
                    StudioClient reader = new StudioClient(tambour, town.slug());
                    for (String page : List.of("/", "/agenda", "/actualites")) {
                        assertThat(reader.get(page).body()).as(page).contains(alert.title());
                    }
                    assertThat(reader.get("/en").body())
                            .contains("Move away from the river.", "class=\"tongue\">In French")
                            .doesNotContain("Éloignez-vous");
                });
    }

    @Test
    void aNoticeIsUnderCorrectionWhileThePublishedOneStands() {
        assertThat(notices)
                .filteredOn(row -> row.standing().publicState() == PublicState.PUBLISHED
                        && row.standing().draft() != DraftState.NONE)
                .isNotEmpty();
    }

    @Test
    void threePeopleWorkThereAndTheDoorSaysWithWhichPasswordTheyComeIn() {
        List<Membership> people = tambour.bean(People.class).of(town.id());
        assertThat(people).hasSize(3);
        assertThat(people.stream().flatMap(member -> member.roles().stream())).containsAll(EnumSet.allOf(Role.class));
        String door =
                new StudioClient(tambour, town.slug()).get("/studio/connexion").body();
        assertThat(door).contains(DemonstrationTown.PASSWORD);
        for (Membership member : people) {
            assertThat(door).contains(member.person().email());
            StudioClient studio = new StudioClient(tambour, town.slug());
            studio.signIn(member.person().email(), DemonstrationTown.PASSWORD);
            assertThat(studio.get("/studio").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatInventedPeopleAnsweredWaitsToBeRead() {
        StudioClient studio = new StudioClient(tambour, town.slug());
        studio.signIn("helene.vasseur@clairval.example", DemonstrationTown.PASSWORD);

        assertThat(studio.get("/studio/echanges").body())
                .contains("sacs de sable", "@ptitlouis@pouet.example", "Le 3 de la rue du Moulin")
                .doesNotContain("null");
    }

    @Test
    void everyPictureSaysWhoseItIsAndWhatItShows() {
        List<PictureUse> pictures = notices.stream()
                .flatMap(row ->
                        tambour
                                .bean(DeskQueries.class)
                                .find(town.id(), row.id())
                                .orElseThrow()
                                .content()
                                .pictures()
                                .stream())
                .toList();
        assertThat(pictures).hasSizeGreaterThan(10).allSatisfy(picture -> {
            assertThat(picture.credit()).contains("CC0");
            assertThat(picture.alternatives().get("fr")).isNotBlank();
        });
    }

    @Test
    void itsSettingsAreSavedAsTheyAreShown() {
        Profile profile = DemonstrationTown.profile(DemonstrationTown.read().town(), 8080);

        TownFormReader.Reading reading = TownFormReader.read(TownForm.of(profile), profile, Set.of("localhost"));

        assertThat(reading.problems().none()).isTrue();
        assertThat(Objects.requireNonNull(reading.profile()).contact()).isEqualTo(profile.contact());
        assertThat(reading.profile().languages()).isEqualTo(profile.languages());
    }
}
