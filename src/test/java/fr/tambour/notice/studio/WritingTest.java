package fr.tambour.notice.studio;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.StaffNotice;
import fr.tambour.testing.Await;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The writing table in a real browser. */
class WritingTest {

    private static final Pattern SAVED = Pattern.compile("Enregistré à .*");

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

    private static Page begun(String who, Kind kind) {
        Page page = studio.signedIn(who, 1280, 900);
        page.navigate(studio.url("/studio/avis/nouveau"));
        page.locator("button[name=kind][value=" + kind + "]").click();
        page.waitForURL(Pattern.compile(".*/studio/avis/[0-9a-z]{13}"));
        return page;
    }

    private static Locator field(Page page, String name) {
        return page.locator("#notice [name='" + name + "']");
    }

    private static Locator state(Page page) {
        return page.locator("[data-saved='saved'] span");
    }

    private static Locator text(Page page) {
        return page.getByRole(
                        AriaRole.TEXTBOX,
                        new Page.GetByRoleOptions().setName("Texte").setExact(true))
                .first();
    }

    @Test
    void what_is_typed_is_saved_a_moment_later_as_markdown() {
        Page page = begun("ines", Kind.NEWS);

        field(page, "title.fr").fill("La halle rouvre");
        field(page, "summary.fr").fill("Visite avec les commerçants.");
        text(page).click();
        page.keyboard().type("## Le programme");
        page.keyboard().press("Enter");
        page.keyboard().type("On pourra flâner ");
        page.keyboard().press("Control+b");
        page.keyboard().type("au sec");
        page.keyboard().press("Control+b");
        page.keyboard().type(".");
        page.keyboard().press("Enter");
        page.keyboard().type("- Potiers");
        page.keyboard().press("Enter");
        page.keyboard().type("Luthiers");
        assertThat(state(page)).hasText(SAVED);

        assertThat(studio.content(page).in("fr").title()).isEqualTo("La halle rouvre");
        assertThat(studio.content(page).in("fr").body())
                .isEqualTo("## Le programme\n\nOn pourra flâner **au sec**.\n\n- Potiers\n- Luthiers");
        assertThat(page.locator("[data-part=seen] .card .t").first()).hasText("La halle rouvre");
    }

    @Test
    void the_toolbar_is_reached_and_walked_by_keyboard() {
        Page page = begun("ines", Kind.NEWS);
        text(page).click();
        page.keyboard().type("Un mot");
        page.keyboard().press("Control+a");
        page.keyboard().press("Alt+F10");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Enter");

        assertThat(page.locator("[data-tool=strong]").first()).hasAttribute("aria-pressed", "true");
        assertThat(state(page)).hasText(SAVED);
        assertThat(studio.content(page).in("fr").body()).isEqualTo("**Un mot**");
    }

    @Test
    void what_was_typed_without_connection_survives_a_reload() {
        Page page = begun("ines", Kind.NEWS);
        field(page, "title.fr").fill("Avant la coupure");
        assertThat(state(page)).hasText(SAVED);

        offline(page);
        field(page, "summary.fr").fill("Écrit hors ligne.");
        assertThat(page.locator("[data-saved] span")).hasText("Hors ligne\u00a0: gardé sur cet appareil");
        page.reload();
        assertThat(field(page, "summary.fr")).hasValue("Écrit hors ligne.");
        page.unroute("**/studio/avis/*");
        page.reload();

        assertThat(page.locator("[data-notes]")).containsText("a été repris");
        assertThat(state(page)).hasText(SAVED);
        assertThat(studio.content(page).in("fr").summary()).isEqualTo("Écrit hors ligne.");
    }

    @Test
    void a_device_that_keeps_nothing_says_that_the_page_must_stay_open() {
        Page page = begun("ines", Kind.NEWS);
        page.addInitScript(Studio.NO_STORAGE);
        page.reload();
        offline(page);
        field(page, "summary.fr").fill("Nulle part ailleurs.");
        assertThat(page.locator("[data-saved] span"))
                .hasText("Hors ligne\u00a0: rien n’est gardé ici, laissez cette page ouverte");
        assertThat(asksBeforeLeaving(page)).isTrue();

        page.unroute("**/studio/avis/*");
        page.route("**/studio/avis/*", route -> {
            if (route.request().method().equals("POST")) {
                route.fulfill(new Route.FulfillOptions().setStatus(500));
            } else {
                route.resume();
            }
        });
        field(page, "summary.fr").fill("Nulle part ailleurs, vraiment.");
        assertThat(page.locator("[data-saved] span"))
                .hasText("Pas enregistré, rien n’est gardé ici\u00a0: laissez cette page ouverte, nous réessayons");

        page.unroute("**/studio/avis/*");
        field(page, "title.fr").fill("Enfin");
        assertThat(state(page)).hasText(SAVED);
        assertThat(asksBeforeLeaving(page)).isFalse();
        assertThat(studio.content(page).in("fr").summary()).isEqualTo("Nulle part ailleurs, vraiment.");
    }

    private static void offline(Page page) {
        page.route("**/studio/avis/*", route -> {
            if (route.request().method().equals("POST")) {
                route.abort();
            } else {
                route.resume();
            }
        });
    }

    private static boolean asksBeforeLeaving(Page page) {
        return !(boolean) page.evaluate("dispatchEvent(new Event('beforeunload', { cancelable: true }))");
    }

    @Test
    void two_people_at_once_are_shown_both_texts_and_choose() {
        Page ines = begun("ines", Kind.NEWS);
        field(ines, "title.fr").fill("La halle rouvre samedi");
        assertThat(state(ines)).hasText(SAVED);
        Page solene = studio.signedIn("solene", 1280, 900);
        solene.navigate(ines.url());
        field(solene, "title.fr").fill("La halle rouvre dimanche");
        field(solene, "summary.fr").fill("Visite à 11 h.");
        assertThat(state(solene)).hasText(SAVED);

        field(ines, "title.fr").fill("La halle rouvre vendredi");
        Locator conflict = ines.locator("form[data-conflict]");
        assertThat(conflict).containsText("Solène Arnaud a enregistré cet avis");
        assertThat(conflict.locator("del").first()).containsText("dimanche");
        assertThat(conflict.locator("ins").first()).containsText("vendredi");
        assertThat(studio.content(ines).in("fr").title()).isEqualTo("La halle rouvre dimanche");

        conflict.locator("input[name='keep.summary.fr'][value=theirs]").check();
        conflict.locator("button[type=submit]").click();
        assertThat(ines.locator("form[data-conflict]")).hasCount(0);
        assertThat(field(ines, "title.fr")).hasValue("La halle rouvre vendredi");
        assertThat(field(ines, "summary.fr")).hasValue("Visite à 11 h.");
        assertThat(studio.content(ines).in("fr").title()).isEqualTo("La halle rouvre vendredi");
        assertThat(studio.content(ines).in("fr").summary()).isEqualTo("Visite à 11 h.");
    }

    @Test
    void an_hour_that_comes_twice_is_asked_about() {
        Page page = begun("ines", Kind.EVENT);
        field(page, "event.start.date").fill("2027-10-31");
        field(page, "event.start.time").fill("02:30");
        page.getByLabel("La seconde fois (heure d’hiver)").check();
        assertThat(page.locator("[name='event.start.choice']")).hasCount(0);

        var start = studio.content(page).event().start();
        assertThat(start.local()).isEqualTo(LocalDateTime.parse("2027-10-31T02:30"));
        assertThat(start.offset()).isEqualTo(ZoneOffset.ofHours(1));
    }

    @Test
    void an_hour_that_does_not_exist_is_asked_about() {
        Page page = begun("ines", Kind.EVENT);
        field(page, "event.start.date").fill("2027-03-28");
        field(page, "event.start.time").fill("02:30");
        page.locator("[data-part=checks]")
                .getByLabel("3 h 30".replace(' ', '\u00a0'))
                .check();
        assertThat(page.locator("[name='event.start.choice']")).hasCount(0);

        assertThat(field(page, "event.start.time")).hasValue("03:30");
        assertThat(studio.content(page).event().start().local()).isEqualTo(LocalDateTime.parse("2027-03-28T03:30"));
    }

    @Test
    void days_are_left_out_of_a_repeat_one_after_the_other_and_outlive_a_lost_connection() {
        Page page = begun("ines", Kind.EVENT);
        field(page, "event.start.date").fill("2026-12-02");
        field(page, "event.start.time").fill("14:00");
        page.locator("details:has([name='event.repeat']) > summary").click();
        page.locator("[name='event.repeat']").selectOption("WEEKLY");
        field(page, "event.repeat.last").fill("2027-01-27");
        assertThat(state(page)).hasText(SAVED);
        offline(page);
        for (String day : List.of("2026-12-09", "2026-12-23", "2026-12-30")) {
            field(page, "event.repeat.except").last().fill(day);
        }
        assertThat(page.locator("[data-saved] span")).hasText("Hors ligne\u00a0: gardé sur cet appareil");
        page.unroute("**/studio/avis/*");
        page.reload();

        assertThat(field(page, "event.repeat.except")).hasCount(4);
        field(page, "title.fr").fill("Atelier de réparation");
        assertThat(state(page)).hasText(SAVED);
        assertThat(page.locator("[data-part=seen] .card .t").first()).hasText("Atelier de réparation");
        assertThat(studio.content(page).event().repeat().except())
                .containsExactly(
                        LocalDate.parse("2026-12-09"), LocalDate.parse("2026-12-23"), LocalDate.parse("2026-12-30"));
    }

    @Test
    void a_picture_asks_for_its_description() throws IOException {
        Page page = begun("ines", Kind.NEWS);
        page.locator("#upload").setInputFiles(new FilePayload("halle.png", "image/png", png()));
        Locator missing =
                page.locator("[data-part=checks] a", new Page.LocatorOptions().setHasText("Décrire l’image 1"));
        missing.click();
        page.keyboard().type("La halle sous la neige");
        assertThat(missing).hasCount(0);

        assertThat(studio.content(page).pictures()).hasSize(1);
        assertThat(studio.content(page).pictures().getFirst().alternatives())
                .containsEntry("fr", "La halle sous la neige");
        assertThat((Integer) page.locator("[data-picture] img")
                        .first()
                        .evaluate("image => image.decode().then(() => image.naturalWidth)"))
                .isPositive();

        Locator ninths = page.getByRole(
                AriaRole.GROUP,
                new Page.GetByRoleOptions()
                        .setName("Ce qui doit rester visible")
                        .setExact(true));
        Locator centre = ninths.getByRole(
                AriaRole.RADIO,
                new Locator.GetByRoleOptions().setName("au centre").setExact(true));
        assertThat(centre).isChecked();
        centre.focus();
        page.keyboard().press("ArrowLeft");
        page.keyboard().press("ArrowLeft");
        assertThat(ninths.getByRole(
                        AriaRole.RADIO,
                        new Locator.GetByRoleOptions()
                                .setName("en haut à droite")
                                .setExact(true)))
                .isChecked();
        Await.until(() -> studio.content(page).pictures().getFirst().focus() == Content.Focus.TOP_RIGHT);
        page.reload();
        assertThat(page.locator("[data-picture] input[value=TOP_RIGHT]")).isChecked();
        page.navigate(page.url() + "/lecture");
        assertThat(page.locator(".read__pics figcaption")).containsText("reste visible\u00A0: en haut à droite");
    }

    @Test
    void a_long_text_is_told_whole_where_its_author_says_so_and_its_posts_are_seen_before() {
        Page page = begun("ines", Kind.NEWS);
        field(page, "title.fr").fill("Travaux rue de la Fontaine");
        field(page, "summary.fr").fill("Jusqu’au printemps.");
        text(page).click();
        page.keyboard().insertText("La rue est fermée, et le marché se tient sur le quai. ".repeat(15));
        Locator posts = page.locator(".posts[lang=fr] .card");
        assertThat(posts).hasCount(1);
        page.getByText("En fil", new Page.GetByTextOptions().setExact(false)).click();
        assertThat(posts).hasCount(2);
        assertThat(posts.first()).containsText("(1/2)");
        assertThat(posts.last()).containsText("(2/2)");
        assertThat(studio.content(page).edited().get("fediverse").get("fr"))
                .as("the text goes on following the notice")
                .containsExactly(Map.entry("form", "thread"));

        field(page, "title.fr").fill("Travaux");
        assertThat(posts.first()).containsText(Pattern.compile("^Travaux\\s+Jusqu’au"));
        page.navigate(page.url() + "/lecture");
        assertThat(posts).hasCount(2);
        assertThat(posts.last()).containsText("(2/2)");
    }

    @Test
    void an_ended_session_loses_nothing() {
        Page page = begun("ines", Kind.NEWS);
        field(page, "title.fr").fill("Avant");
        assertThat(state(page)).hasText(SAVED);
        Page elsewhere = page.context().newPage();
        elsewhere.navigate(studio.url("/studio"));
        elsewhere.locator("form[action*=deconnexion] button").click();
        assertThat(elsewhere.locator("[name=password]")).isVisible();
        field(page, "title.fr").fill("Pendant");
        assertThat(page.locator("[data-notes]")).containsText("Votre session est finie");

        Page other = page.context().newPage();
        studio.signIn(other, "ines");
        assertThat(state(page)).hasText(SAVED);
        assertThat(studio.content(page).in("fr").title()).isEqualTo("Pendant");
    }

    @Test
    void without_a_script_the_form_saves() {
        NoticeDesk.Saved saved = studio.server().bean(NoticeDesk.class).create(studio.actor("ines"), Kind.NEWS);
        Page signed = studio.signedIn("ines", 1280, 900);
        var plain = signed.context()
                .browser()
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setJavaScriptEnabled(false)
                        .setStorageState(signed.context().storageState()));
        Page page = plain.newPage();
        page.navigate(studio.url("/studio/avis/" + saved.id().ref()));
        field(page, "title.fr").fill("Sans script");
        field(page, "body.fr").fill("Du **texte**.");
        page.locator("[data-without-script]").click();

        assertThat(field(page, "title.fr")).hasValue("Sans script");
        StaffNotice notice = studio.notice(saved.id());
        assertThat(notice.content().in("fr").body()).isEqualTo("Du **texte**.");
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(800, 500, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }
}
