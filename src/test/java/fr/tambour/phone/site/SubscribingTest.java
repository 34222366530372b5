package fr.tambour.phone.site;

import static fr.tambour.phone.site.PhoneTown.json;
import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.phone.internal.Phones;
import fr.tambour.phone.internal.TokenPush;
import fr.tambour.phone.site.PhoneTown.Device;
import fr.tambour.town.ListEntry;
import fr.tambour.town.Themes;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What a phone asks for, over HTTP, and what a stranger gets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubscribingTest {

    private static final String SERVICE = "https://fcm.googleapis.com/fcm/send/";

    private final PhoneTown town = new PhoneTown("--tambour.phones.unknown-origins=2");
    private int devices;

    @AfterAll
    void stop() {
        town.close();
    }

    private Device device() {
        return device(SERVICE);
    }

    private Device device(String service) {
        devices++;
        return town.new Device(service + "device-" + devices, devices);
    }

    private int told() {
        return town.written(
                () -> town.server().bean(Phones.class).census(town.town().id()).active());
    }

    private Map<String, Object> choosing(String... kinds) {
        Map<String, Object> choices = new HashMap<>();
        choices.put("kinds", List.of(kinds));
        choices.put("themes", List.of(Long.toString(town.theme().id())));
        choices.put("districts", List.of());
        choices.put("quiet", null);
        choices.put("language", "en");
        return choices;
    }

    @Test
    void aPhoneIsToldOnceItHasGivenBackTheTokenThatItGotByPush() throws Exception {
        int before = told();
        Device device = device();

        HttpResponse<String> asked = device.subscribes();
        assertThat(asked.statusCode()).isEqualTo(202);
        assertThat(json(asked).get("state").asString()).isEqualTo("pending");
        assertThat(told()).isEqualTo(before);
        assertThat(town.pushes().to(device.endpoint())).hasSize(1);
        assertThat(town.pushes().to(device.endpoint()).getFirst().message().ttl())
                .isEqualTo(Duration.ofHours(1));

        HttpResponse<String> confirmed = device.confirms(town.pushes().token(device.endpoint()));
        assertThat(confirmed.statusCode()).isEqualTo(200);
        assertThat(json(confirmed).get("state").asString()).isEqualTo("active");
        assertThat(told()).isEqualTo(before + 1);
        assertThat(confirmed.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(confirmed.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    /** Its query belongs to the address: by it the distributor knows what comes. */
    @Test
    void aProgramSubscribesWithTheEndpointThatItsDistributorGaveIt() throws Exception {
        Device program = town.new Device("https://ntfy.example/upAbCdEf?up=1", 93);
        assertThat(program.subscribes().statusCode()).isEqualTo(202);

        HttpResponse<String> confirmed = program.confirms(town.pushes().token("https://ntfy.example/upAbCdEf?up=1"));

        assertThat(json(confirmed).get("state").asString()).isEqualTo("active");
        assertThat(program.asks("telephones/fin", Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void whoTouchesNothingIsToldOfAlertsAndPracticalInformationAndNotAtNight() throws Exception {
        JsonNode choices = json(device().subscribes()).get("choices");
        assertThat(choices.get("kinds").toString()).isEqualTo("[\"PRACTICAL\",\"EMERGENCY\"]");
        assertThat(choices.at("/quiet/from").asInt()).isEqualTo(21);
        assertThat(choices.at("/quiet/until").asInt()).isEqualTo(7);
        assertThat(choices.get("language").asString()).isEqualTo("fr");
    }

    @Test
    void aServiceOnThisMachineIsTakenOnlyWhereMessagesMayGoThere() throws Exception {
        String here = "http://127.0.0.1:9/";
        assertThat(device(here).subscribes().statusCode()).isEqualTo(422);

        try (PhoneTown trial = new PhoneTown("--tambour.outbound.loopback=true")) {
            assertThat(trial.new Device(here, 1).subscribes().statusCode()).isEqualTo(202);
        }
    }

    @Test
    void anotherTokenOpensNothing() throws Exception {
        Device device = device();
        device.subscribes();

        HttpResponse<String> refused = device.confirms("AAAAAAAAAAAAAAAAAAAAAAAA");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).get("code").asString()).isEqualTo("phone.token");
    }

    /** Whoever knows an address only would else learn by any token whether this town tells it. */
    @Test
    void aWrongTokenSaysNothingOfWhetherThereIsSuchAPhone() throws Exception {
        Device waiting = device();
        waiting.subscribes();

        for (Device one : List.of(device(), waiting, device().active())) {
            HttpResponse<String> refused = one.confirms("AAAAAAAAAAAAAAAAAAAAAAAA");
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(json(refused).get("code").asString()).isEqualTo("phone.token");
        }
    }

    @Test
    void theTokenMayBeGivenBackOnceMoreWhereTheAnswerWasLostAndUntilAnotherIsSent() throws Exception {
        Device device = device();
        device.subscribes();
        String token = town.pushes().token(device.endpoint());
        for (int i = 0; i < 2; i++) {
            assertThat(json(device.confirms(token)).toString()).isEqualTo("{\"state\":\"active\"}");
        }
        town.server().clock().advance(Duration.ofHours(2));
        assertThat(device.confirms(token).statusCode()).isEqualTo(200);

        Device moved = device();
        moved.asks("telephones", Map.of("replaces", device.json()));
        assertThat(moved.confirms(token).statusCode()).isEqualTo(422);
        assertThat(device.confirms(token).statusCode()).isEqualTo(422);
    }

    @Test
    void theSameAddressAgainIsTheSamePhoneAndIsNotPushedToAgainAtOnce() throws Exception {
        Device device = device();
        device.subscribes();
        device.subscribes();
        assertThat(town.pushes().to(device.endpoint())).hasSize(1);

        device.confirms(town.pushes().token(device.endpoint()));
        int before = told();
        HttpResponse<String> again = device.subscribes();
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).get("state").asString()).isEqualTo("active");
        assertThat(told()).isEqualTo(before);
        assertThat(town.pushes().to(device.endpoint())).hasSize(1);
    }

    @Test
    void choicesAreChangedAndReadBackAndAnEmptyChoiceOfKindsIsAlertsAlone() throws Exception {
        Device device = device().active();
        assertThat(device.asks("telephones/choix", Map.of("choices", choosing("EVENT")))
                        .statusCode())
                .isEqualTo(200);

        JsonNode now = json(device.asks("telephones/presence", Map.of())).get("choices");
        assertThat(now.get("kinds").toString()).isEqualTo("[\"EVENT\",\"EMERGENCY\"]");
        assertThat(now.get("themes").get(0).asString())
                .isEqualTo(Long.toString(town.theme().id()));
        assertThat(now.get("quiet").isNull()).isTrue();
        assertThat(now.get("language").asString()).isEqualTo("en");

        device.asks("telephones/choix", Map.of("choices", choosing()));
        assertThat(json(device.asks("telephones/presence", Map.of()))
                        .at("/choices/kinds")
                        .toString())
                .isEqualTo("[\"EMERGENCY\"]");
    }

    @Test
    void nothingIsLeftOfAPhoneThatEnds() throws Exception {
        Device device = device().active();
        int before = told();

        assertThat(device.asks("telephones/fin", Map.of()).statusCode()).isEqualTo(200);

        assertThat(told()).isEqualTo(before - 1);
        assertThat(device.asks("telephones/presence", Map.of()).statusCode()).isEqualTo(404);
        assertThat(device.asks("telephones/fin", Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void whoKnowsTheAddressButNotTheSecretSpeaksForNobody() throws Exception {
        Device device = device().active();
        Device stranger = town.new Device(device.endpoint(), 120);

        assertThat(stranger.asks("telephones/presence", Map.of()).statusCode()).isEqualTo(404);
        assertThat(stranger.asks("telephones/choix", Map.of("choices", choosing("NEWS")))
                        .statusCode())
                .isEqualTo(404);
        stranger.asks("telephones/fin", Map.of());
        assertThat(device.asks("telephones/presence", Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void otherKeysForAnAddressThatIsToldChangeNothingAndLearnNothing() throws Exception {
        Device device = device().active();
        device.asks("telephones/choix", Map.of("choices", choosing("EVENT")));
        int told = town.pushes().to(device.endpoint()).size();
        Device stranger = town.new Device(device.endpoint(), 121);

        for (Map<String, ?> asked : List.<Map<String, ?>>of(Map.of(), Map.of("choices", choosing("NEWS")))) {
            HttpResponse<String> refused = stranger.asks("telephones", asked);
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(json(refused).get("code").asString()).isEqualTo("phone.other-keys");
            assertThat(json(refused).has("choices")).isFalse();
        }
        assertThat(stranger.confirms("x").statusCode()).isEqualTo(422);

        JsonNode standing = json(device.asks("telephones/presence", Map.of()));
        assertThat(standing.get("state").asString()).isEqualTo("active");
        assertThat(standing.at("/choices/kinds").toString()).isEqualTo("[\"EVENT\",\"EMERGENCY\"]");
        assertThat(town.pushes().to(device.endpoint())).hasSize(told);
    }

    @Test
    void whoAskedBeforeTheClockWasSetBackIsPushedToAgain() throws Exception {
        try (PhoneTown back = new PhoneTown()) {
            Device device = back.new Device(SERVICE + "back", 1);
            Instant now = back.server().clock().instant();
            back.server().clock().advance(Duration.ofHours(3));
            device.subscribes();
            back.server().clock().moveTo(now);

            assertThat(device.subscribes().statusCode()).isEqualTo(202);

            assertThat(back.pushes().count()).isEqualTo(2);
            assertThat(device.confirms(back.pushes().token(device.endpoint())).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void otherKeysForAnAddressThatWaitsArePushedToOnceAMinuteAndLearnNothing() throws Exception {
        Device device = device();
        device.asks("telephones", Map.of("choices", choosing("EVENT")));
        Device other = town.new Device(device.endpoint(), 122);

        assertThat(other.subscribes().statusCode()).isEqualTo(409);
        assertThat(town.pushes().to(device.endpoint())).hasSize(1);
        assertThat(device.asks("telephones/presence", Map.of()).statusCode()).isEqualTo(200);

        town.server().clock().advance(Duration.ofMinutes(1));
        HttpResponse<String> asked = other.subscribes();
        assertThat(asked.statusCode()).isEqualTo(202);
        assertThat(json(asked).at("/choices/kinds").toString()).isEqualTo("[\"PRACTICAL\",\"EMERGENCY\"]");
        assertThat(town.pushes().to(device.endpoint())).hasSize(2);
        assertThat(other.confirms(town.pushes().token(device.endpoint())).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoeverWaitsDoesNotMoveOnToTheNextAddress() throws Exception {
        Device first = device();
        first.asks("telephones", Map.of("choices", choosing("EVENT")));
        Device next = device();

        HttpResponse<String> asked = next.asks("telephones", Map.of("replaces", first.json()));

        assertThat(json(asked).at("/choices/kinds").toString()).isEqualTo("[\"PRACTICAL\",\"EMERGENCY\"]");
        assertThat(first.asks("telephones/presence", Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void aPhoneOfAKnownServiceIsNoWayAroundTheNumberOfUnknownOnes() throws Exception {
        try (PhoneTown full = new PhoneTown("--tambour.phones.unknown-origins=1")) {
            Device known = full.new Device(SERVICE + "known", 1).active();
            Device unknown = full.new Device("https://ntfy.example/up", 2).active();

            Device more = full.new Device("https://victim.example/up", 3);
            assertThat(more.asks("telephones", Map.of("replaces", known.json())).statusCode())
                    .isEqualTo(503);
            assertThat(full.pushes().to(more.endpoint())).isEmpty();
            Device moved = full.new Device("https://ntfy.example/moved", 4);
            assertThat(moved.asks("telephones", Map.of("replaces", unknown.json()))
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void aTokenIsNotTakenAfterAnHour() throws Exception {
        Device device = device();
        device.subscribes();
        town.server().clock().advance(Duration.ofHours(1));

        HttpResponse<String> late = device.confirms(town.pushes().token(device.endpoint()));
        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(json(late).get("code").asString()).isEqualTo("phone.token");
    }

    @Test
    void aCodeCarriesChoicesToAnotherPhoneOnce() throws Exception {
        Device old = device().active();
        old.asks("telephones/choix", Map.of("choices", choosing("NEWS")));
        HttpResponse<String> made = old.asks("codes", Map.of());
        assertThat(made.statusCode()).isEqualTo(201);
        String code = json(made).get("code").asString();
        assertThat(code).matches("[2-9B-DF-HJKMNP-TV-XZ]{4}-[2-9B-DF-HJKMNP-TV-XZ]{4}");

        String typed = "{\"code\":\" " + code.toLowerCase(Locale.ROOT).replace("-", " ") + "\"}";
        HttpResponse<String> carried = town.post("codes/lecture", typed);
        assertThat(json(carried).at("/choices/exercises").asBoolean()).isFalse();
        assertThat(json(carried).at("/choices/kinds").toString()).isEqualTo("[\"NEWS\",\"EMERGENCY\"]");
        assertThat(town.post("codes/lecture", typed).statusCode()).isEqualTo(404);

        String late = json(old.asks("codes", Map.of())).get("code").asString();
        town.server().clock().advance(Duration.ofMinutes(15));
        assertThat(town.post("codes/lecture", "{\"code\":\"" + late + "\"}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void thatExercisesWereAgreedToIsKeptAndCarriedByACodeAndBoundToSayingSo() throws Exception {
        Map<String, Object> agreed = choosing("NEWS");
        agreed.put("exercises", true);
        Device old = device().active();
        assertThat(json(old.asks("telephones/choix", Map.of("choices", agreed)))
                        .at("/choices/exercises")
                        .asBoolean())
                .isTrue();
        String code = json(old.asks("codes", Map.of())).get("code").asString();
        JsonNode carried = json(town.post("codes/lecture", "{\"code\":\"" + code + "\"}"));
        assertThat(carried.at("/choices/exercises").asBoolean()).isTrue();

        Device renewed = device();
        assertThat(json(renewed.asks("telephones", Map.of("replaces", old.json())))
                        .at("/choices/exercises")
                        .asBoolean())
                .isTrue();
        renewed.confirms(town.pushes().token(renewed.endpoint()));
        // A page of yesterday says nothing of it: that is no.
        assertThat(json(renewed.asks("telephones/choix", Map.of("choices", choosing("NEWS"))))
                        .at("/choices/exercises")
                        .asBoolean(true))
                .isFalse();
        agreed.put("exercises", "yes");
        assertThat(json(renewed.asks("telephones/choix", Map.of("choices", agreed)))
                        .get("code")
                        .asString())
                .isEqualTo("phone.malformed");
    }

    @Test
    void aPhoneWhoseBrowserGaveItAnotherAddressKeepsItsChoicesAndAnswersAgain() throws Exception {
        Device old = device().active();
        old.asks("telephones/choix", Map.of("choices", choosing("NEWS")));
        Device renewed = device();

        HttpResponse<String> moved = renewed.asks("telephones", Map.of("replaces", old.json()));

        assertThat(moved.statusCode()).isEqualTo(202);
        assertThat(json(moved).at("/choices/kinds").toString()).isEqualTo("[\"NEWS\",\"EMERGENCY\"]");
        assertThat(old.asks("telephones/presence", Map.of()).statusCode()).isEqualTo(404);
        assertThat(renewed.confirms(town.pushes().token(renewed.endpoint())).statusCode())
                .isEqualTo(200);
    }

    private static void swept(PhoneTown town) {
        Instant now = town.server().clock().instant();
        town.written(() -> {
            town.server()
                    .bean(Phones.class)
                    .sweepPending(now.minus(Duration.ofHours(1)), now.minus(Duration.ofDays(7)));
            return true;
        });
        town.server().bean(TokenPush.class).askAgain(now);
    }

    @Test
    void aPhoneThatMovedIsAskedAgainForDaysAndTakesTheTokenThatItGotFirst() throws Exception {
        try (PhoneTown there = new PhoneTown()) {
            Device old = there.new Device(SERVICE + "old", 1).active();
            old.asks("telephones/choix", Map.of("choices", Map.of("kinds", List.of("NEWS"), "language", "fr")));
            Device renewed = there.new Device(SERVICE + "renewed", 1);
            renewed.asks("telephones", Map.of("replaces", old.json()));
            Device stranger = there.new Device(SERVICE + "stranger", 2);
            stranger.subscribes();
            String token = there.pushes().token(renewed.endpoint());
            assertThat(there.pushes().to(renewed.endpoint()).getLast().message().ttl())
                    .isEqualTo(Duration.ofDays(7));

            int[] pushed = new int[8];
            for (int day = 0; day < pushed.length - 1; day++) {
                for (int i = 0; i < 6 * 24; i++) {
                    swept(there);
                    there.server().clock().advance(Duration.ofMinutes(10));
                }
                pushed[day] = there.pushes().to(renewed.endpoint()).size();
                if (day == 0) {
                    assertThat(there.pushes().to(stranger.endpoint())).hasSize(1);
                    assertThat(stranger.asks("telephones/presence", Map.of()).statusCode())
                            .isEqualTo(404);
                }
                if (day == 5) {
                    assertThat(there.pushes().token(renewed.endpoint())).isEqualTo(token);
                    assertThat(renewed.confirms(token).statusCode()).isEqualTo(200);
                    assertThat(json(renewed.asks("telephones/presence", Map.of()))
                                    .at("/choices/kinds")
                                    .toString())
                            .isEqualTo("[\"NEWS\",\"EMERGENCY\"]");
                }
            }
            assertThat(pushed[0]).as("several times on the first day").isBetween(6, 10);
            assertThat(pushed[2] - pushed[1]).as("once a day").isEqualTo(1);
            assertThat(pushed[6]).as("and no more once it has answered").isEqualTo(pushed[5]);
        }
    }

    @Test
    void aPhoneThatMovedAndNeverAnswersIsForgottenInTheEnd() throws Exception {
        try (PhoneTown there = new PhoneTown()) {
            Device old = there.new Device(SERVICE + "old", 1).active();
            Device renewed = there.new Device(SERVICE + "renewed", 1);
            renewed.asks("telephones", Map.of("replaces", old.json()));
            there.server().clock().advance(Duration.ofDays(7));

            assertThat(renewed.confirms(there.pushes().token(renewed.endpoint()))
                            .statusCode())
                    .isEqualTo(422);
            there.server().clock().advance(Duration.ofSeconds(1));
            swept(there);
            assertThat(renewed.asks("telephones/presence", Map.of()).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void whatIsPushedFirstSaysWhatIsLeftToBeDoneAndCarriesTheWordsForWhenItIsDone() throws Exception {
        Device device = device();
        device.subscribes();
        JsonNode said = town.pushes().to(device.endpoint()).getLast().notification();
        assertThat(said.get("title").asString()).isEqualTo("Clairval\u00a0: à confirmer");
        assertThat(said.get("body").asString()).startsWith("Ouvrez le site");
        assertThat(said.at("/data/done/title").asString()).isEqualTo("Clairval vous préviendra ici");
        assertThat(said.at("/data/done/body").asString()).startsWith("C’est fait.");
    }

    @Test
    void moreSubjectsThanAreKeptAreRefusedWithWhatToDoInstead() throws Exception {
        try (PhoneTown large = new PhoneTown()) {
            List<String> themes = large
                    .written(() -> large.server()
                            .bean(Themes.class)
                            .arrange(
                                    large.town().id(),
                                    IntStream.range(0, 101)
                                            .mapToObj(i -> new ListEntry(null, Map.of("fr", "Thématique " + i)))
                                            .toList()))
                    .stream()
                    .map(theme -> Long.toString(theme.id()))
                    .toList();
            Device device = large.new Device(SERVICE + "all", 1).active();
            HttpResponse<String> all = device.asks(
                    "telephones/choix",
                    Map.of("choices", Map.of("kinds", List.of(), "themes", themes, "language", "fr")));
            assertThat(all.statusCode()).isEqualTo(422);
            assertThat(json(all).get("code").asString()).isEqualTo("phone.too-many-choices");
            assertThat(json(all).get("detail").asString()).contains("100");

            List<String> twice = Stream.concat(
                            themes.stream().limit(100), themes.stream().limit(100))
                    .toList();
            assertThat(device.asks(
                                    "telephones/choix",
                                    Map.of("choices", Map.of("kinds", List.of(), "themes", twice, "language", "fr")))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoOnlyAsksTakesNobodysPlace() throws Exception {
        try (PhoneTown small = new PhoneTown("--tambour.phones.unknown-origins=2")) {
            Device there = small.new Device("https://ntfy.example/there", 1).active();
            Device moving = small.new Device("https://ntfy.example/moved", 2);
            moving.asks("telephones", Map.of("replaces", there.json()));
            Device stranger = small.new Device("https://stranger.example/up", 3);
            assertThat(stranger.subscribes().statusCode()).isEqualTo(202);

            Device next = small.new Device("https://ntfy.example/next", 4);
            assertThat(next.subscribes().statusCode()).isEqualTo(202);

            assertThat(stranger.asks("telephones/presence", Map.of()).statusCode())
                    .as("it has made room")
                    .isEqualTo(404);
            assertThat(next.confirms(small.pushes().token(next.endpoint())).statusCode())
                    .isEqualTo(200);
            assertThat(moving.confirms(small.pushes().token(moving.endpoint())).statusCode())
                    .as("who was there before waits, and keeps its place")
                    .isEqualTo(200);
            assertThat(stranger.subscribes().statusCode()).isEqualTo(503);
        }
    }

    /** Whoever has a name has any number of names below it, and gives back each token at once. */
    @Test
    void oneStrangersHostsTakeTheirShareOfThePlacesAndNotEverybodys() throws Exception {
        try (PhoneTown small = new PhoneTown("--tambour.phones.unknown-origins=3", "--tambour.phones.one-origin=2")) {
            Device resident = small.new Device("https://ntfy.example/there", 1);
            Device first = small.new Device("https://a.evil.test.example.org/1", 2).active();
            Device asking = small.new Device("https://example.org/2", 3);
            asking.subscribes();
            Device second = small.new Device("https://b.example.org/3", 4).active();
            assertThat(asking.asks("telephones/presence", Map.of()).statusCode())
                    .as("who only asks takes no place of that share either")
                    .isEqualTo(404);

            HttpResponse<String> third = small.new Device("https://c.example.org/4", 5).subscribes();
            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(json(third).get("code").asString()).isEqualTo("phone.origin-full");
            assertThat(small.pushes().to("https://c.example.org/4")).isEmpty();

            resident.active();
            Device in = small.new Device("https://d.example.org/5", 6);
            assertThat(in.asks("telephones", Map.of("replaces", resident.json()))
                            .statusCode())
                    .as("nor is another service a way in")
                    .isEqualTo(503);
            assertThat(in.asks("telephones", Map.of("replaces", first.json())).statusCode())
                    .as("within the domain a phone has its place already")
                    .isEqualTo(202);
            Device out = small.new Device("https://ntfy.example/out", 7);
            assertThat(out.asks("telephones", Map.of("replaces", second.json())).statusCode())
                    .as("and takes it along to another")
                    .isEqualTo(202);
        }
    }

    @Test
    void aServiceThatNoBrowserBringsIsTakenUpToANumber() throws Exception {
        device("https://ntfy.example/up").active();
        Device second = device("https://ntfy.example/up").active();

        HttpResponse<String> full = device("https://other.example/up").subscribes();
        assertThat(full.statusCode()).isEqualTo(503);
        assertThat(json(full).get("code").asString()).isEqualTo("phone.origin-full");
        assertThat(second.subscribes().statusCode()).isEqualTo(200);
        assertThat(device().subscribes().statusCode()).isEqualTo(202);
    }

    static Stream<Arguments> bad() {
        String keys = "\"keys\":{\"p256dh\":\"BAAA\",\"auth\":\"AAAA\"}";
        return Stream.of(
                Arguments.of("", 400, "phone.malformed"),
                Arguments.of("[]", 400, "phone.malformed"),
                Arguments.of("{", 400, "phone.malformed"),
                Arguments.of("{}", 400, "phone.malformed"),
                Arguments.of(
                        "{\"endpoint\":\"https://push.example/1\",\"endpoint\":\"https://push.example/2\"," + keys
                                + "}",
                        400,
                        "phone.malformed"),
                Arguments.of("{\"endpoint\":7," + keys + "}", 400, "phone.malformed"),
                Arguments.of("{\"endpoint\":\"https://10.0.0.1/\"," + keys + "}", 422, "phone.endpoint"),
                Arguments.of("{\"endpoint\":\"" + SERVICE + "\"," + keys + "}", 422, "phone.keys"),
                Arguments.of("{\"x\":\"" + "x".repeat(20_000) + "\"}", 413, "phone.too-large"),
                Arguments.of("[".repeat(5_000), 400, "phone.malformed"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsNoSubscriptionIsAProblemThatSaysWhy(String body, int status, String code) throws Exception {
        HttpResponse<String> answer = town.post("telephones", body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).get("code").asString()).isEqualTo(code);
        assertThat(json(answer).get("detail").asString()).hasSizeGreaterThan(40);
    }

    @Test
    void aChoiceThatTheTownDoesNotHaveIsRefused() throws Exception {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("kinds", List.of("GOSSIP")),
                Map.of("themes", List.of("1")),
                Map.of("districts", List.of(Long.toString(town.theme().id()))),
                Map.of("quiet", Map.of("from", 7, "until", 7)),
                Map.of("quiet", Map.of("from", 7)))) {
            Map<String, Object> choices = choosing();
            choices.putAll(wrong);
            HttpResponse<String> answer = device().asks("telephones", Map.of("choices", choices));
            assertThat(answer.statusCode()).as("%s", wrong).isEqualTo(422);
            assertThat(json(answer).get("code").asString()).isEqualTo("phone.choices");
        }
    }

    @Test
    void aPhoneThatAsksAgainKeepsWhatItChoseThoughTheTownHasDroppedSomeOfIt() throws Exception {
        try (PhoneTown other = new PhoneTown()) {
            Device device = other.new Device(SERVICE + "forgotten", 1).active();
            Map<String, Object> chosen = choosing("NEWS");
            String theme = Long.toString(other.theme().id());
            chosen.put("themes", List.of(theme));
            chosen.put("exercises", true);
            device.asks("telephones/choix", Map.of("choices", chosen));
            device.asks("telephones/fin", Map.of());

            other.speaks("fr");
            other.written(() -> other.server()
                    .bean(Themes.class)
                    .arrange(other.town().id(), List.of(new ListEntry(null, Map.of("fr", "Nature")))));
            HttpResponse<String> again = device.asks("telephones", Map.of("choices", chosen));

            assertThat(again.statusCode()).isEqualTo(202);
            JsonNode kept = json(again).get("choices");
            assertThat(kept.get("kinds").toString()).isEqualTo("[\"NEWS\",\"EMERGENCY\"]");
            assertThat(kept.get("exercises").asBoolean()).isTrue();
            assertThat(kept.get("quiet").isNull()).isTrue();
            assertThat(kept.get("themes").toString())
                    .as("were it to come back, it is chosen again")
                    .isEqualTo("[\"" + theme + "\"]");
            assertThat(kept.get("language").asString()).isEqualTo("fr");
        }
    }

    @Test
    void aLanguageThatTheTownDoesNotSpeakIsItsFirst() throws Exception {
        Map<String, Object> chosen = choosing("NEWS");
        chosen.put("language", "de");
        Device device = device().active();

        HttpResponse<String> answer = device.asks("telephones/choix", Map.of("choices", chosen));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).at("/choices/language").asString()).isEqualTo("fr");
    }

    @Test
    void anotherSitesPageIsRefusedAndAProgramIsNot() throws Exception {
        for (String[] foreign : new String[][] {
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"},
            {"Origin", "https://evil.example"},
            {"Origin", "null"},
        }) {
            HttpResponse<String> answer = town.post("telephones", "{}", foreign);
            assertThat(answer.statusCode()).as(Arrays.toString(foreign)).isEqualTo(403);
            assertThat(json(answer).get("code").asString()).isEqualTo("phone.foreign");
        }
        assertThat(town.post("telephones", "{}", "Sec-Fetch-Site", "same-origin", "Origin", "https://clairval.example")
                        .statusCode())
                .isEqualTo(400);
        assertThat(town.post("telephones", "{}", "Origin", "https://clairval.example")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void problemsAreInTheLanguageOfThePage() throws Exception {
        assertThat(json(town.postTo("/en/prevenir/telephones", "{}"))
                        .get("detail")
                        .asString())
                .startsWith("This request");
    }

    @Test
    void whoNeverAnswersIsForgottenWithinTheHourAndOneAddressIsBounded() throws Exception {
        try (PhoneTown other = new PhoneTown()) {
            int refused = 0;
            for (int i = 0; i < 200; i++) {
                HttpResponse<String> answer = other.new Device(SERVICE + "flood-" + i, 1).subscribes();
                if (answer.statusCode() == 429) {
                    refused++;
                    assertThat(answer.headers().firstValue("Retry-After")).hasValue("60");
                }
            }
            assertThat(refused).isEqualTo(80);
            assertThat(other.pushes().count()).isEqualTo(120);
            Phones phones = other.server().bean(Phones.class);
            assertThat(other.<Integer>written(() -> phones.pending(other.town().id())))
                    .isEqualTo(120);

            other.server().clock().advance(Duration.ofMinutes(61));
            swept(other);
            assertThat(other.<Integer>written(() -> phones.pending(other.town().id())))
                    .isZero();
            assertThat(other.new Device(SERVICE + "after", 1).subscribes().statusCode())
                    .isEqualTo(202);
        }
    }
}
