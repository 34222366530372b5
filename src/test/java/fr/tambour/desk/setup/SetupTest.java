package fr.tambour.desk.setup;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.audit.Audit;
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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;

/** A new installation from its first line on the console to its first administrator in the studio. */
@ParameterizedClass
@EnumSource(Dialect.class)
class SetupTest extends SetupPages {

    SetupTest(Dialect dialect) {
        super(dialect);
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
}
