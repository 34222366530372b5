package fr.tambour.notice.studio;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Ids;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What somebody sees who has a staff page open while a colleague gives an alert, and takes it back. */
class OpenStudioPagesTest {

    private static final String OVER = "Cette alerte n’est plus en cours : ";

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

    private static NoticeId alert(String title) {
        NoticeId id = new NoticeId(studio.server().bean(Ids.class).next());
        studio.server()
                .bean(NoticeDesk.class)
                .releaseEmergency(
                        studio.actor("marc"),
                        id,
                        Content.blank(Kind.EMERGENCY, "fr", new TreeSet<>(Set.of("website")))
                                .withWords("fr", new Content.Words(title, "", "", "", "", "Fermez les fenêtres."))
                                .withEmergency(
                                        new Content.Emergency(Content.Emergency.Severity.SEVERE, "Le centre", "")));
        return id;
    }

    private static void withdraw(NoticeId id) {
        studio.server().bean(NoticeDesk.class).withdraw(studio.actor("marc"), id, "Fin de l’alerte.");
    }

    /** Open, and its stream as well. */
    private static Page open(String id, String path) {
        Page page = studio.signedIn(id, 1280, 800);
        page.waitForResponse(answer -> answer.url().contains("/direct?"), () -> page.navigate(studio.url(path)));
        return page;
    }

    @Test
    void aColleaguesAlertIsOnAnyOpenPageWithTheWayToTakeItBackAndLeavesWhenItIsOver() {
        Page page = open("ines", "/studio/avis");

        NoticeId first = alert("Fuite de gaz");
        NoticeId second = alert("Pont fermé");

        assertThat(page.locator(".band--alert")).hasCount(2);
        assertThat(page.locator(".band--alert").first()).containsText("Fuite de gaz");
        assertThat(page.locator(".band--alert").first()).isInViewport();
        assertThat(page.locator("a[href='/studio/urgence/annulation/" + first.ref() + "']"))
                .isVisible();
        assertThat(page.locator("a[href='/studio/urgence/annulation/" + second.ref() + "']"))
                .isVisible();
        assertThat(page.locator("[role=alert]")).containsText("Pont fermé");

        withdraw(first);

        assertThat(page.locator(".band--alert")).hasCount(1);
        assertThat(page.locator(".band--alert")).containsText("Pont fermé");
        assertThat(page.locator("[role=alert]")).hasText(OVER + "Fuite de gaz");
        withdraw(second);
        assertThat(page.locator(".band--alert")).hasCount(0);
    }

    private static Object places(Page page) {
        return page.evaluate("() => [document.activeElement, ...document.querySelectorAll('.top, main, .tools, h1')]"
                + ".map(part => part.getBoundingClientRect().top)");
    }

    @Test
    void nothingMovesWhereSomebodyWritesNeitherWhenAnAlertComesNorWhenItIsOver() {
        NoticeId standing = alert("Arbre tombé");
        NoticeId draft = studio.server()
                .bean(NoticeDesk.class)
                .create(studio.actor("ines"), Content.blank(Kind.NEWS, "fr", new TreeSet<>(Set.of("website"))))
                .id();
        Page page = open("ines", "/studio/avis/" + draft.ref());
        Locator title = page.locator("#notice [name='title.fr']");
        title.fill("La halle");
        assertThat(page.locator("[data-saved='saved'] span")).isVisible();
        Object before = places(page);

        NoticeId coming = alert("Pont fermé");
        assertThat(page.locator(".band--alert")).hasCount(2);
        assertThat(places(page)).isEqualTo(before);
        withdraw(standing);
        assertThat(page.locator(".band--alert:visible")).hasCount(1);
        assertThat(places(page)).isEqualTo(before);
        withdraw(coming);
        assertThat(page.locator(".band--alert:visible")).hasCount(0);
        assertThat(places(page)).isEqualTo(before);

        page.keyboard().type(" rouvre");
        assertThat(title).hasValue("La halle rouvre");
    }
}
