package fr.tambour.desk.setup;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.audit.Audit;
import fr.tambour.desk.internal.SetupLink;
import fr.tambour.notice.ApprovalPolicies;
import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Kind;
import fr.tambour.operations.RecoveryKey;
import fr.tambour.people.People;
import fr.tambour.people.Role;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A new installation from its first line on the console to its first administrator in the studio. */
@ParameterizedClass
@EnumSource(Dialect.class)
@ExtendWith(OutputCaptureExtension.class)
class SetupTest {

    private static final Pattern LINK = Pattern.compile("http://localhost:[0-9]+/mise-en-place/[A-Za-z0-9_-]+");
    private static final Pattern KEY = Pattern.compile("AGE-SECRET-KEY-1[0-9A-Z]{58}");
    private static final String PASSWORD = "un tambour dans la nuit";

    private final Dialect dialect;
    private TambourServer tambour;
    private String link = "";

    SetupTest(Dialect dialect) {
        this.dialect = dialect;
    }

    private final HttpClient browser = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .cookieHandler(new CookieManager())
            .build();

    @BeforeEach
    void start(CapturedOutput console) {
        tambour = TambourServer.start(dialect);
        link = linkIn(console);
    }

    @AfterEach
    void stop() {
        tambour.close();
    }

    private static String linkIn(CapturedOutput console) {
        List<String> links = new ArrayList<>();
        Matcher found = LINK.matcher(console.getOut());
        while (found.find()) {
            links.add(found.group());
        }
        return links.getLast();
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String address, String... fields) throws IOException, InterruptedException {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(form.isEmpty() ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return browser.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form.toString()))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> chooseTown() throws IOException, InterruptedException {
        return post(link + "/collectivite", "type", "COMMUNE", "code", "91692");
    }

    private HttpResponse<String> confirmIdentity(String... more) throws IOException, InterruptedException {
        List<String> fields = new ArrayList<>(List.of(
                "style", "VILLE",
                "name", "Les Ulis",
                "postalCode", "91940",
                "population", "25 886",
                "baseUrl", "http://localhost:" + tambour.port(),
                "language", "fr",
                "languages", "en",
                "zone", "Europe/Paris",
                "directorName", "Claude Martin",
                "directorFunction", "maire"));
        fields.addAll(List.of(more));
        return post(link + "/identite", fields.toArray(String[]::new));
    }

    private void upToTheAdministrator() throws IOException, InterruptedException {
        chooseTown();
        confirmIdentity();
        post(link + "/couleurs", "une", "#1d4e89", "deux", "f2b84b");
        post(
                link + "/quartiers-thematiques",
                "themes",
                "Culture\nSport",
                "districts",
                "Centre",
                "policy-NEWS",
                "SINGLE",
                "policy-EVENT",
                "FOUR_EYES",
                "policy-PRACTICAL",
                "FOUR_EYES");
        Matcher key = KEY.matcher(post(link + "/cle/nouvelle").body());
        assertThat(key.find()).isTrue();
        assertThat(post(link + "/cle", "typed", key.group().toLowerCase()).uri().getPath())
                .endsWith("/administrateur");
    }

    private HttpResponse<String> finish(String password) throws IOException, InterruptedException {
        return post(link + "/administrateur", "name", "Inès Vidal", "email", "ines@lesulis.fr", "password", password);
    }

    @Test
    void aTownIsSetUpFromTheLinkOnTheConsoleToTheStudio() throws Exception {
        assertThat(get(link).uri().getPath()).endsWith("/collectivite");
        assertThat(get(link + "/collectivite?q=91940").body())
                .contains("Les Ulis")
                .contains("Essonne");
        assertThat(chooseTown().body()).contains("Ville des Ulis").contains("value=\"91940\"");
        upToTheAdministrator();

        HttpResponse<String> home = finish(PASSWORD);

        assertThat(home.uri().getPath()).isEqualTo("/studio");
        assertThat(home.body())
                .contains("Inès")
                .as("alone, one is told to invite")
                .contains("/studio/equipe#inviter");
        Town town = tambour.bean(Towns.class).bySlug("les-ulis").orElseThrow();
        assertThat(town.fullName()).isEqualTo("Ville des Ulis");
        assertThat(town.languages()).containsExactly("fr", "en");
        assertThat(town.profile().colours().first()).isEqualTo("#1d4e89");
        assertThat(town.profile().director().function()).isEqualTo("maire");
        assertThat(tambour.bean(Themes.class).of(town.id()))
                .extracting(Theme::slug)
                .containsExactly("culture", "sport");
        assertThat(tambour.bean(Districts.class).of(town.id()))
                .extracting(District::slug)
                .containsExactly("centre");
        ApprovalPolicies policies = tambour.bean(ApprovalPolicies.class);
        assertThat(policies.of(town.id(), Kind.NEWS)).isEqualTo(ApprovalPolicy.SINGLE);
        assertThat(policies.of(town.id(), Kind.EVENT)).isEqualTo(ApprovalPolicy.FOUR_EYES);
        assertThat(policies.of(town.id(), Kind.EMERGENCY)).isEqualTo(ApprovalPolicy.SINGLE);
        assertThat(tambour.bean(People.class).of(town.id()))
                .singleElement()
                .satisfies(member -> assertThat(member.roles()).contains(Role.ADMINISTRATOR));
        assertThat(tambour.bean(RecoveryKey.class).confirmedAt()).isPresent();
        assertThat(tambour.bean(Audit.class).page(town.id().value(), Long.MAX_VALUE, 10))
                .extracting(recorded -> recorded.entry().action())
                .contains("town.created");
    }

    @Test
    void theLinkServesOnce() throws Exception {
        upToTheAdministrator();
        finish(PASSWORD);

        assertThat(get(link).statusCode()).isEqualTo(410);
        assertThat(get(link).body()).contains("La mise en place est faite", "href=\"/studio\"");
        assertThat(get(link + "/identite").statusCode()).isEqualTo(410);
        assertThat(finish(PASSWORD).statusCode()).isEqualTo(410);
        assertThat(tambour.bean(Towns.class).all()).hasSize(1);
    }

    @Test
    void ofManyWhoFinishAtOnceOneDoesAndTheOthersReadThatItIsDoneAndHowToEnter() throws Exception {
        upToTheAdministrator();
        List<Callable<HttpResponse<String>>> finishing = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String form = "name=In%C3%A8s&email=ines" + i + "%40lesulis.fr&password=un+tambour+dans+la+nuit";
            HttpRequest request = HttpRequest.newBuilder(URI.create(link + "/administrateur"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form))
                    .build();
            finishing.add(() -> {
                try (HttpClient another = HttpClient.newHttpClient()) {
                    return another.send(request, BodyHandlers.ofString());
                }
            });
        }
        List<HttpResponse<String>> answers = new ArrayList<>();
        try (ExecutorService people = Executors.newFixedThreadPool(finishing.size())) {
            for (Future<HttpResponse<String>> answer : people.invokeAll(finishing)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 302)
                .singleElement()
                .satisfies(winner -> assertThat(winner.headers().firstValue("Location"))
                        .hasValueSatisfying(to -> assertThat(to).endsWith("/studio")));
        assertThat(answers).filteredOn(answer -> answer.statusCode() != 302).allSatisfy(loser -> {
            assertThat(loser.statusCode()).isEqualTo(410);
            assertThat(loser.body()).contains("La mise en place est faite", "href=\"/studio\"");
        });
        assertThat(tambour.bean(Towns.class).all()).hasSize(1);
    }

    @Test
    void aLinkThatIsNotTheOneOnTheConsoleOpensNothing() throws Exception {
        String forged = link.substring(0, link.length() - 32) + "A".repeat(32);

        assertThat(get(forged).statusCode()).isEqualTo(410);
        assertThat(post(forged + "/collectivite", "type", "COMMUNE", "code", "91692")
                        .statusCode())
                .isEqualTo(410);
    }

    @Test
    void theLinkIsOverAfterADayAndTheNextStartHasANewOneWithNothingLost(CapturedOutput console) throws Exception {
        chooseTown();
        tambour.clock().advance(Duration.ofHours(25));
        assertThat(get(link).statusCode()).isEqualTo(410);

        tambour.close();
        tambour = TambourServer.start(tambour.folder());
        String next = linkIn(console);

        assertThat(next).isNotEqualTo(link);
        assertThat(get(next).uri().getPath()).endsWith("/identite");
    }

    @Test
    void aStepIsNotReachedBeforeThoseBeforeIt() throws Exception {
        assertThat(get(link + "/administrateur").uri().getPath()).endsWith("/collectivite");
        chooseTown();
        assertThat(get(link + "/administrateur").uri().getPath()).endsWith("/identite");
        assertThat(finish(PASSWORD).uri().getPath()).endsWith("/identite");
        assertThat(tambour.bean(Towns.class).all()).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidAtItsFieldAndWhatWasTypedIsKept() throws Exception {
        chooseTown();

        HttpResponse<String> again = confirmIdentity("hosts", "pas un hôte..fr", "address", "1 place de la Mairie");

        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body())
                .contains("hosts-error")
                .contains("pas un hôte..fr")
                .contains("1 place de la Mairie");
    }

    @Test
    void aFieldWithANumberThatNoPageHasIsRefusedAsMalformed() throws Exception {
        chooseTown();

        for (String index : List.of("0", "300", "99999", "x", "")) {
            assertThat(confirmIdentity("languages[" + index + "]", "en").statusCode())
                    .as(index)
                    .isEqualTo(400);
        }
        assertThat(confirmIdentity().statusCode()).isEqualTo(200);
    }

    @Test
    void aLinkMistypedLeavesNothingInTheLog(CapturedOutput console) throws Exception {
        get(link + "/cle/a/b");
        get(link.replaceFirst("/mise-en-place/.*", "/en/studio/invitation/SecretOfAnInvitation"));

        assertThat(console.getAll()).doesNotContain("/cle/a/b").doesNotContain("SecretOfAnInvitation");
    }

    @Test
    void aWeakPasswordMakesNothing() throws Exception {
        upToTheAdministrator();

        HttpResponse<String> again = finish("court");

        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body())
                .contains("password-error")
                .contains("ines@lesulis.fr")
                .doesNotContain("court\"");
        assertThat(tambour.bean(Towns.class).all()).isEmpty();
        assertThat(finish(PASSWORD).uri().getPath()).isEqualTo("/studio");
    }

    @Test
    void aRecoveryKeyMistypedIsNotTakenAndIsNotShownAgain() throws Exception {
        chooseTown();
        confirmIdentity();
        post(link + "/couleurs", "une", "#1d4e89", "deux", "#f2b84b");
        post(link + "/quartiers-thematiques", "themes", "Culture");
        Matcher key = KEY.matcher(post(link + "/cle/nouvelle").body());
        assertThat(key.find()).isTrue();

        String mistyped = key.group().substring(0, 40);
        HttpResponse<String> again = post(link + "/cle", "typed", mistyped);

        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body())
                .contains("typed-error", "value=\"" + mistyped + "\"")
                .doesNotContain(key.group());
        assertThat(tambour.bean(RecoveryKey.class).confirmedAt()).isEmpty();
        assertThat(post(link + "/cle/fichier", "key", key.group()).body()).contains(key.group());
        assertThat(post(link + "/cle/fichier", "key", "<script>").statusCode()).isEqualTo(422);
    }

    @Test
    void ofTwoLinksTheOlderNoLongerWorks() throws Exception {
        String newer = link.replaceFirst("[^/]+$", tambour.bean(SetupLink.class).renew());

        assertThat(get(link).statusCode()).isEqualTo(410);
        assertThat(get(newer).statusCode()).isEqualTo(200);
    }
}
