package fr.tambour.notice.studio;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import fr.tambour.notice.Content.Emergency.Severity;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicState;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One person, one thumb, 360 pixels: two screens and the alert is out; one tap and one confirmation and it is lifted. */
class EmergencyInHandTest {

    private static Studio studio;

    @BeforeAll
    static void open() {
        studio = Studio.open();
    }

    @AfterEach
    void leave() {
        studio.leave();
    }

    @AfterAll
    static void close() {
        studio.close();
    }

    private static NoticeId id(Page page) {
        return NoticeId.ofRef(page.url().replaceFirst(".*/", "").replaceFirst("[?#].*", ""))
                .orElseThrow();
    }

    /** The page of one situation, its words filled in and not yet sent. */
    private static void filled(Page page, String situation, Map<String, String> words) {
        page.navigate(studio.url("/studio/urgence/" + situation));
        words.forEach((name, text) -> page.locator("[name='" + name + "']").fill(text));
    }

    @Test
    void three_taps_from_the_list_to_sent_and_two_to_lift_it() {
        Page page = studio.signedIn("marc", 360, 740);
        page.navigate(studio.url("/studio/avis"));

        page.locator("a[href='/studio/urgence']").first().click();
        page.locator("a[href='/studio/urgence/crue']").click();
        page.locator("[name='title.area']").fill("quai des Saules");
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        page.locator(".hold").click();
        page.waitForURL(Pattern.compile(".*/studio/urgence/partie/.*"));

        var notice = studio.notice(id(page));
        assertThat(notice.standing().publicState()).isEqualTo(PublicState.PUBLISHED);
        assertThat(notice.content().in("fr").title()).isEqualTo("L’eau monte quai des Saules");
        assertThat(notice.content().in("fr").instruction()).startsWith("Montez à l’étage ou rejoignez un point haut");
        assertThat(notice.content().emergency().area()).isEqualTo("quai des Saules");
        assertThat(notice.content().emergency().severity()).isEqualTo(Severity.SEVERE);

        page.navigate(studio.url("/studio/avis"));
        assertThat(page.locator(".band--alert")).containsText("L’eau monte quai des Saules");
        page.locator(".band--alert a").click();
        page.locator("button[name=prepared][value=error]").click();
        page.waitForURL(Pattern.compile(".*/studio/avis/.*"));
        assertThat(page.locator(".band--alert")).hasCount(0);
        assertThat(studio.notice(notice.id())
                        .published()
                        .orElseThrow()
                        .withdrawal()
                        .orElseThrow()
                        .reason())
                .isEqualTo("Cette alerte a été envoyée par erreur. Il n’y a pas de danger.");
    }

    @Test
    void an_exercise_has_the_same_screens_and_says_on_each_that_it_is_one() {
        Page page = studio.signedIn("marc", 360, 740);
        page.navigate(studio.url("/studio/urgence"));
        page.locator("a[href='/studio/exercice']").click();
        assertThat(page.locator(".exercise")).containsText("EXERCICE");
        page.locator("a[href='/studio/exercice/crue']").click();
        assertThat(page.locator(".exercise")).containsText("Rien de ceci n’est réel");
        page.locator("[name='title.area']").fill("quai du Lavoir");
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        page.locator(".hold").click();
        page.waitForURL(Pattern.compile(".*/studio/urgence/partie/.*"));
        assertThat(page.locator(".exercise")).containsText("EXERCICE");
        var notice = studio.notice(id(page));
        assertThat(notice.exercise()).isTrue();
        assertThat(notice.standing().publicState()).isEqualTo(PublicState.PUBLISHED);

        page.navigate(studio.url("/studio/avis"));
        Page.LocatorOptions ours = new Page.LocatorOptions().setHasText("L’eau monte quai du Lavoir");
        assertThat(page.locator(".band--alert", ours)).hasCount(0);
        assertThat(page.locator(".band--info", ours)).containsText("Exercice en cours");
        assertThat(page.locator(".row", ours)).containsText("EXERCICE – L’eau monte quai du Lavoir");
        assertThat(page.locator(".row--alert", ours)).hasCount(0);
        page.navigate(studio.url("/studio/avis/" + notice.id().ref() + "/exercice"));
        assertThat(page.locator("h1")).hasText("Rapport de l’exercice");
        assertThat(page.locator(".times__big")).containsText("Du premier mot au départ");
        assertThat(page.locator(".times__steps tbody tr").first()).containsText("par Marc Duval");
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(
                    new Page.EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(scheme));
            assertThat(page.locator(".exercise")).hasCSS("background-color", "rgb(255, 255, 255)");
            assertThat(page.locator(".exercise")).hasCSS("color", "rgb(0, 0, 0)");
            assertThat(page.locator(".exercise")).hasCSS("border-top-style", "double");
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        page.navigate(studio.url("/studio/urgence/annulation/" + notice.id().ref()));
        page.locator("button[name=prepared][value=over]").click();
        page.waitForURL(Pattern.compile(".*/studio/avis/.*"));
        assertThat(studio.notice(notice.id())
                        .published()
                        .orElseThrow()
                        .withdrawal()
                        .orElseThrow()
                        .reason())
                .isEqualTo("Fin de l’exercice.");
    }

    @Test
    void the_form_of_an_exercise_releases_no_alert_and_that_of_an_alert_no_exercise() {
        Page page = studio.signedIn("marc", 360, 740);
        page.navigate(studio.url("/studio/exercice/crue"));
        String exercise = page.locator("[name=alert]").inputValue();
        filled(page, "crue", Map.of("title.area", "quai Ouest"));
        String alert = page.locator("[name=alert]").inputValue();
        page.locator("[name=alert]").evaluate("(field, value) => field.value = value", exercise);
        page.locator(".hold").click();
        assertThat(page.locator(".note--fail")).containsText("Cette page ne peut plus rien lancer");
        page.navigate(studio.url("/studio/exercice/crue"));
        page.locator("[name='title.area']").fill("quai Ouest");
        page.locator("[name=alert]").evaluate("(field, value) => field.value = value", alert);
        page.locator(".hold").click();
        assertThat(page.locator(".note--fail")).containsText("Cette page ne peut plus rien lancer");
    }

    @Test
    void an_update_corrects_the_alert_with_its_reason() {
        Page page = studio.signedIn("marc", 360, 740);
        filled(
                page,
                "autre",
                Map.of("title.what", "Le pont du Moulin est fermé", "instruction.todo", "Passez par la rocade."));
        page.locator(".hold").click();
        page.locator("a[href^='/studio/urgence/point/']").click();
        page.locator("#reason").fill("Le pont rouvre aux piétons.");
        page.locator("#instruction").fill("À pied, passez. En voiture, prenez la rocade.");
        page.locator(".hold").click();
        page.waitForURL(Pattern.compile(".*/studio/urgence/partie/.*"));

        var shown = studio.notice(id(page)).published().orElseThrow();
        assertThat(shown.content().in("fr").instruction()).startsWith("À pied, passez.");
        assertThat(shown.corrections().getFirst().reason()).isEqualTo("Le pont rouvre aux piétons.");
    }

    @Test
    void other_words_from_a_page_whose_alert_has_left_are_kept_and_go_out_at_the_next_tap() {
        Page page = studio.signedIn("marc", 360, 740);
        filled(page, "crue", Map.of("title.area", "quai Nord"));
        String ticket = page.locator("[name=alert]").inputValue();
        page.locator(".hold").click();
        page.waitForURL(Pattern.compile(".*/studio/urgence/partie/.*"));

        filled(page, "crue", Map.of("title.area", "quai Sud"));
        page.locator("[name=alert]").evaluate("(field, value) => field.value = value", ticket);
        page.locator(".hold").click();
        assertThat(page.locator(".note--fail")).containsText("ce qui est écrit ici n’est pas parti");
        assertThat(page.locator("[name='title.area']")).hasValue("quai Sud");
        page.locator(".hold").click();
        page.waitForURL(Pattern.compile(".*/studio/urgence/partie/.*"));
        assertThat(studio.notice(id(page)).title()).isEqualTo("L’eau monte quai Sud");
    }

    @Test
    void a_page_cannot_name_a_notice_that_it_was_not_given() {
        Page page = studio.signedIn("marc", 360, 740);
        filled(page, "crue", Map.of("title.area", "quai Est"));
        page.locator("[name=alert]").evaluate("field => field.value = '0abcdefghjkmn.00'");
        page.locator(".hold").click();
        assertThat(page.locator(".note--fail")).containsText("Cette page ne peut plus rien lancer");
    }

    @Test
    void of_two_who_update_an_alert_the_second_takes_over_what_the_first_changed() {
        Page marc = studio.signedIn("marc", 360, 740);
        filled(marc, "autre", Map.of("title.what", "Le gué est fermé", "instruction.todo", "Passez par le pont."));
        marc.locator(".hold").click();
        marc.locator("a[href^='/studio/urgence/point/']").click();
        marc.waitForURL(Pattern.compile(".*/studio/urgence/point/.*"));
        Page other = studio.signedIn("marc", 360, 740);
        other.navigate(marc.url());
        other.locator("#reason").fill("Le pont ferme aussi.");
        other.locator("#instruction").fill("Restez sur votre rive.");
        other.locator("#contact").fill("01 99 00 12 00");
        other.locator(".hold").click();
        other.waitForURL(Pattern.compile(".*/studio/urgence/partie/.*"));

        marc.locator("#reason").fill("Toute la vallée.");
        marc.locator("#area").fill("La vallée");
        marc.locator("#contact").fill("01 99 00 13 00");
        marc.locator(".hold").click();
        assertThat(marc.locator(".note--fail")).containsText("Quelqu’un a changé cet avis");
        assertThat(marc.locator("#instruction")).hasValue("Restez sur votre rive.");
        assertThat(marc.locator("[data-stands=contact]")).containsText("01 99 00 12 00");
        assertThat(marc.locator("[data-stands=instruction]")).hasCount(0);
        marc.locator(".hold").click();
        marc.waitForURL(Pattern.compile(".*/studio/urgence/partie/.*"));
        var shown = studio.notice(id(marc)).published().orElseThrow().content();
        assertThat(shown.in("fr").instruction()).isEqualTo("Restez sur votre rive.");
        assertThat(shown.emergency().area()).isEqualTo("La vallée");
        assertThat(shown.emergency().contact()).isEqualTo("01 99 00 13 00");
    }

    @Test
    void an_empty_word_is_not_sent() {
        Page page = studio.signedIn("marc", 360, 740);
        page.navigate(studio.url("/studio/urgence/crue"));
        page.locator("[name='title.area']").evaluate("word => { word.required = false; word.value = '' }");
        page.locator(".hold").click();
        assertThat(page.locator(".note--fail")).containsText("Un mot surligné est vide");
        assertThat(page.locator("[name='instruction.shelter']")).hasValue("un point haut");
    }

    /** A real alert is what somebody would release who is told that none has left. */
    @Test
    void no_refusal_on_the_way_of_an_exercise_speaks_of_an_alert_that_has_or_has_not_left() {
        Page page = studio.signedIn("marc", 360, 740);
        page.navigate(studio.url("/studio/exercice/crue"));
        page.locator("[name='title.area']").evaluate("word => { word.required = false; word.value = '' }");
        page.locator(".hold").click();
        refused(page, "Un mot surligné est vide");
        page.locator("[name='title.area']").fill("x".repeat(190));
        page.locator(".hold").click();
        refused(page, "Rien n’est parti");
        page.locator("[name='title.area']").fill("quai du Port");
        String ticket = page.locator("[name=alert]").inputValue();
        page.locator(".hold").click();
        page.waitForURL(Pattern.compile(".*/studio/urgence/partie/.*"));
        NoticeId exercise = id(page);

        page.navigate(studio.url("/studio/exercice/crue"));
        page.locator("[name='title.area']").fill("quai du Bac");
        page.locator("[name=alert]").evaluate("(field, value) => field.value = value", ticket);
        page.locator(".hold").click();
        refused(page, "Cette page a déjà servi");
        page.locator("[name=alert]").evaluate("field => field.value = '0abcdefghjkmn.0.00'");
        page.locator(".hold").click();
        refused(page, "Cette page ne peut plus rien lancer");

        String update = studio.url("/studio/urgence/point/" + exercise.ref());
        page.navigate(update);
        page.locator("#reason").fill("Plus précis.");
        page.locator("#title").fill("x".repeat(190));
        page.locator(".hold").click();
        refused(page, "Rien n’est parti");
        page.navigate(update);
        page.locator("#reason").evaluate("field => { field.required = false; field.value = '' }");
        page.locator(".hold").click();
        refused(page, "Dites pourquoi en une phrase");
        page.navigate(update);
        page.locator("[name=revision]").evaluate("field => field.value = '7'");
        page.locator("#reason").fill("Plus précis.");
        page.locator(".hold").click();
        refused(page, "Quelqu’un a changé cet avis");

        page.navigate(studio.url("/studio/urgence/annulation/" + exercise.ref()));
        page.locator("summary").click();
        page.locator("#reason").evaluate("field => field.required = false");
        page.locator(".more button").click();
        refused(page, "Dites pourquoi en une phrase");
        page.locator("button[name=prepared][value=over]").click();
        page.waitForURL(Pattern.compile(".*/studio/avis/.*"));
        page.navigate(update);
        assertThat(page.locator("main")).containsText("Cet avis a été retiré");
        assertThat(page.locator("main")).not().containsText("lerte");
    }

    private static void refused(Page page, String why) {
        assertThat(page.locator(".note--fail")).containsText(why);
        assertThat(page.locator(".note--fail")).not().containsText("lerte");
        assertThat(page.locator(".exercise")).containsText("EXERCICE");
    }

    @Test
    void an_author_cannot_release_one() {
        Page page = studio.signedIn("ines", 360, 740);
        assertThat(page.navigate(studio.url("/studio/urgence")).status()).isEqualTo(403);
    }
}
