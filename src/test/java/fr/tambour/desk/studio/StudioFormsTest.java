package fr.tambour.desk.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.notice.DeskTown;
import fr.tambour.notice.NoticeClock;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.WallTime;
import fr.tambour.people.Actor;
import fr.tambour.people.Role;
import fr.tambour.people.StudioClient;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import fr.tambour.website.internal.OwnPage;
import fr.tambour.website.internal.OwnPages;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.util.HtmlUtils;

/** What staff type reaches what it is meant for, and nobody's words are lost to another's. */
@ParameterizedClass(name = "{0}")
@MethodSource("fr.tambour.notice.DeskTown#onBothEngines")
class StudioFormsTest {

    private static final LocalDateTime MORNING = LocalDateTime.of(2026, 12, 1, 8, 0);
    private static final Pattern FIND =
            Pattern.compile("<form class=\"find\" action=\"([^\"]+)\".*?<input [^>]*name=\"([^\"]+)\"", Pattern.DOTALL);

    private final DeskTown town;
    private final Actor administrator;
    private final String email;
    private StudioClient studio;

    StudioFormsTest(DeskTown tambour) {
        town = tambour.afresh();
        email = "jeanne@" + town.here.slug() + ".example";
        administrator = town.person(town.here, email, Role.ADMINISTRATOR, Role.APPROVER);
        studio = signedIn();
    }

    private StudioClient signedIn() {
        StudioClient client = new StudioClient(town.tambour, town.here.slug());
        assertThat(client.signIn(email, "une phrase assez longue").statusCode()).isEqualTo(302);
        return client;
    }

    @Test
    void theSearchOfTheHomeFindsWhatItIsAskedFor() {
        town.begun(town.news("Fanfare au kiosque"));
        town.begun(town.news("Ramassage des feuilles"));
        Matcher form = FIND.matcher(studio.get("/studio").body());
        assertThat(form.find()).isTrue();

        String found = studio.get(form.group(1) + "?" + form.group(2) + "="
                        + URLEncoder.encode("fanfare", StandardCharsets.UTF_8))
                .body();

        assertThat(found).contains("Fanfare au kiosque", "value=\"fanfare\"").doesNotContain("Ramassage des feuilles");
    }

    @Test
    void theHomeSaysWhatDidNotComeOutUntilSomebodyTakesItUp() {
        NoticeId taken = town.scheduled(town.news("Brocante"), MORNING);
        town.desk.unschedule(town.approver, taken, "La place est en travaux.");
        town.scheduled(town.news("Concert").withUntil(WallTime.of(MORNING.plusHours(2))), MORNING);
        town.tambour
                .clock()
                .moveTo(MORNING.plusHours(3).atZone(town.here.zone()).toInstant());
        town.tambour.bean(NoticeClock.class).advance(town.tambour.clock().instant(), Set.of());
        studio = signedIn();

        assertThat(studio.get("/studio").body())
                .contains("Retiré du calendrier\u00a0: La place est en travaux.", "N’est pas paru à l’heure prévue");

        town.tambour.clock().advance(Duration.ofMinutes(5));
        town.desk.submit(town.author, taken, town.version(taken), "");
        assertThat(studio.get("/studio").body())
                .doesNotContain("Retiré du calendrier")
                .contains("N’est pas paru");
    }

    @Test
    void whatDidNotComeOutStaysOnTheHomeHoweverMuchIsWrittenSince() {
        NoticeId missed = town.scheduled(town.news("Concert").withUntil(WallTime.of(MORNING.plusHours(2))), MORNING);
        town.tambour
                .clock()
                .moveTo(MORNING.plusHours(3).atZone(town.here.zone()).toInstant());
        town.tambour.bean(NoticeClock.class).advance(town.tambour.clock().instant(), Set.of());
        for (int n = 0; n < 9; n++) {
            town.tambour.clock().advance(Duration.ofMinutes(1));
            NoticeId other = town.begun(town.news("Brouillon " + n));
            town.desk.askChanges(town.approver, other, town.submitted(other), "Plus court");
        }
        studio = signedIn();

        String home = studio.get("/studio").body();
        assertThat(home).contains("/studio/avis/" + missed.ref(), "N’est pas paru à l’heure prévue", "Brouillon 8");
        assertThat(home.indexOf("Concert")).as("comes first").isLessThan(home.indexOf("Brouillon 8"));
        assertThat(home).as("no more are shown than before").doesNotContain("Brouillon 1<");

        town.desk.note(town.author, missed, "On le reporte.");
        assertThat(studio.get("/studio").body()).doesNotContain("N’est pas paru");
    }

    @Test
    void ofTwoWhoChangeTheListsTheSecondIsToldAndKeepsTheirLines() {
        StudioClient other = signedIn();
        String path = "/studio/quartiers-thematiques";
        String seen = field(studio.get(path).body(), "version");
        other.get(path);
        assertThat(other.post(
                                path,
                                "version",
                                seen,
                                "theme.0.id",
                                "",
                                "theme.0.place",
                                "1",
                                "theme.0.name.fr",
                                "Enfance")
                        .statusCode())
                .isEqualTo(302);

        HttpResponse<String> late =
                studio.post(path, "version", seen, "theme.0.id", "", "theme.0.place", "1", "theme.0.name.fr", "Voirie");

        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("Quelqu’un d’autre a changé ces listes");
    }

    @Test
    void whoChangesThePageAfterAnotherKeepsTheirWordsAndIsTold() {
        String path = "/studio/pages/" + OwnPage.LEGAL.key();
        String base = field(studio.get(path).body(), "base");
        Town here = town.here;
        OwnPages pages = town.tambour.bean(OwnPages.class);
        pages.write(administrator, here, OwnPage.LEGAL, Long.parseLong(base), Map.of("fr", "Le texte d’une collègue."));

        HttpResponse<String> late = studio.post(path, "base", base, "texte-fr", "Mes mots à moi.");

        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("Mes mots à moi.", "Le texte d’une collègue.", "Quelqu’un d’autre a changé");
        String standing = field(late.body(), "base");
        assertThat(studio.post(path, "base", standing, "texte-fr", "Les deux.").statusCode())
                .isEqualTo(302);
    }

    @Test
    void aSaveThatComesWhileAnotherIsUnderWayWaitsAndIsRefused() throws Exception {
        OwnPages pages = town.tambour.bean(OwnPages.class);
        CompletableFuture<Void> second = town.write(() -> {
            pages.write(administrator, town.here, OwnPage.ABOUT, 0, Map.of("fr", "Le premier."));
            CompletableFuture<Void> late = CompletableFuture.runAsync(
                    () -> pages.write(administrator, town.here, OwnPage.ABOUT, 0, Map.of("fr", "Le second.")));
            assertThatThrownBy(() -> late.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            return late;
        });

        assertThatThrownBy(() -> second.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT));
    }

    @Test
    void settingsThatAnotherChangedMeanwhileAreNotLostFromTheForm() {
        String page = studio.get("/studio/ville").body();
        String version = field(page, "version");
        town.write(() ->
                town.tambour.bean(Towns.class).change(town.here.id(), Long.parseLong(version), town.here.profile()));

        HttpResponse<String> late = studio.post("/studio/ville", fieldsOf(page));

        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("Ces réglages ont été modifiés entre-temps");
        assertThat(field(late.body(), "version")).isNotEqualTo(version);
    }

    /** Every field of the page with a value, as a browser would send it; boxes that are not ticked are left out. */
    private static String[] fieldsOf(String page) {
        Matcher inputs = Pattern.compile("<input ([^>]*)>").matcher(page);
        List<String> fields = new ArrayList<>();
        while (inputs.find()) {
            String attributes = inputs.group(1);
            String name = attribute(attributes, "name");
            String type = attribute(attributes, "type");
            boolean off = (type.equals("checkbox") || type.equals("radio")) && !attributes.contains(" checked");
            if (!name.isEmpty() && !name.equals("_csrf") && !type.equals("file") && !off) {
                fields.add(name);
                fields.add(HtmlUtils.htmlUnescape(attribute(attributes, "value")));
            }
        }
        Matcher selects = Pattern.compile(
                        "<select [^>]*name=\"([^\"]+)\".*?<option value=\"([^\"]*)\" selected", Pattern.DOTALL)
                .matcher(page);
        while (selects.find()) {
            fields.add(selects.group(1));
            fields.add(selects.group(2));
        }
        return fields.toArray(String[]::new);
    }

    private static String attribute(String attributes, String name) {
        Matcher value = Pattern.compile("(?:^| )" + name + "=\"([^\"]*)\"").matcher(attributes);
        return value.find() ? value.group(1) : "";
    }

    private static String field(String page, String name) {
        Matcher value =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
        assertThat(value.find()).as(name).isTrue();
        return value.group(1);
    }
}
