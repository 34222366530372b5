package fr.tambour.notice.studio;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every staff page does, whatever it is about. */
class StudioPagesTest {

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

    @ParameterizedTest
    @ValueSource(ints = {600, 900})
    void the_foot_of_the_menu_is_in_the_window_below_whatever_band(int height) {
        Page page = studio.signedIn("ines", 1280, height);
        page.evaluate(
                "document.querySelector('.shell__bands').innerHTML ="
                        + " '<aside class=\"band band--alert\"><div class=\"wrap band__in\"><p>Crue de l’Orge</p></div></aside>'");
        assertThat(page.locator(".band--alert")).isVisible();

        assertThat(bottom(page.locator(".side"))).isLessThanOrEqualTo(height);
        page.locator(".side__me").scrollIntoViewIfNeeded();
        assertThat(bottom(page.locator(".side__me"))).isLessThanOrEqualTo(height);
        assertThat(page.evaluate("scrollY")).isEqualTo(0);
    }

    private static double bottom(Locator box) {
        var place = box.boundingBox();
        return place.y + place.height;
    }

    @Test
    void the_last_administrator_is_told_before_being_asked_to_leave() {
        Page page = studio.signedIn("anne", 1280, 900);
        assertThat(page.navigate(studio.url("/studio/moi/depart")).status()).isEqualTo(409);
        assertThat(page.locator("main")).containsText("C’est le dernier administrateur. Nommez-en d’abord un autre.");
        assertThat(page.locator("form[action$='/depart']")).hasCount(0);
    }

    private static Page withToken(String script) {
        Page page = studio.signedIn("ines", 1280, 900);
        page.addInitScript("navigator.clipboard.writeText = (text) => " + script);
        page.navigate(studio.url("/studio/jetons"));
        page.locator("#label").fill("Agenda du site culturel");
        page.locator("input[name=rights]").first().check();
        page.locator("form[action='/studio/jetons'] button[type=submit]").click();
        return page;
    }

    @Test
    void a_token_is_copied() {
        Page page = withToken("{ window.copied = text; return Promise.resolve(); }");
        page.locator("copy-text button").click();
        assertThat(page.locator("copy-text button")).hasText("Copié");
        assertThat(page.evaluate("window.copied"))
                .isEqualTo(page.locator("#secret").inputValue());
    }

    @Test
    void where_the_browser_refuses_to_copy_the_text_is_selected_and_the_way_is_said() {
        Page page = withToken("Promise.reject(new DOMException('refused', 'NotAllowedError'))");
        page.locator("copy-text button").click();
        assertThat(page.locator("copy-text [role=status]")).containsText("Le texte est sélectionné");
        assertThat(page.locator("copy-text button")).hasText("Copier");
        assertThat(page.evaluate("getSelection().toString()"))
                .isEqualTo(page.locator("#secret").inputValue());
    }
}
