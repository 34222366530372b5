package fr.tambour.notice.studio;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeDesk.Release;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicState;
import fr.tambour.people.Actor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is typed beside a step (a comment, a reason) stays on the device until the step is taken. */
class KeptTextsTest {

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

    private static NoticeDesk desk() {
        return studio.server().bean(NoticeDesk.class);
    }

    private static NoticeDesk.Saved written(String title) {
        Actor author = studio.actor("ines");
        NoticeDesk.Saved begun = desk().create(author, Kind.NEWS);
        Content content = studio.notice(begun.id())
                .content()
                .withWords("fr", Content.Words.of(title, "La halle rouvre samedi.", "Avec la fanfare."));
        return desk().save(author, begun.id(), begun.version(), content, "");
    }

    private static NoticeId submitted(String title) {
        NoticeDesk.Saved saved = written(title);
        desk().submit(studio.actor("ines"), saved.id(), saved.version(), "");
        return saved.id();
    }

    private static NoticeId published(String title) {
        NoticeDesk.Saved saved = written(title);
        int revision = desk().submit(studio.actor("ines"), saved.id(), saved.version(), "");
        desk().approve(studio.actor("marc"), saved.id(), revision, "", new Release.Now());
        return saved.id();
    }

    private static Page at(String who, NoticeId id, String more) {
        Page page = studio.signedIn(who, 1280, 900);
        page.navigate(studio.url("/studio/avis/" + id.ref() + more));
        return page;
    }

    private static void cut(Page page, String step) {
        page.route("**/" + step, route -> {
            if (route.request().method().equals("POST")) {
                route.abort();
            } else {
                route.resume();
            }
        });
    }

    private static Locator said(Page page, String field) {
        return page.locator("#" + field + " + .kept");
    }

    private static Object keptTexts(Page page) {
        return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('tambour.text.')).length");
    }

    @Test
    void a_word_to_the_approver_survives_a_reload_and_is_forgotten_once_it_is_sent() {
        Page ines = at("ines", written("La halle rouvre").id(), "");
        ines.locator("#comment").fill("Relire surtout la date.");
        ines.reload();
        assertThat(ines.locator("#comment")).hasValue("Relire surtout la date.");
        assertThat(said(ines, "comment")).hasText("Ce que vous aviez écrit ici a été repris.");

        ines.locator("[data-submits]").click();
        assertThat(ines.locator(".read")).containsText("À relire");
        assertThat(ines.locator("section[aria-labelledby=hist]")).containsText("Relire surtout la date.");
        assertThat(keptTexts(ines)).isEqualTo(0);
    }

    @Test
    void what_is_missing_is_said_and_the_word_to_the_approver_stays() {
        NoticeDesk.Saved begun = desk().create(studio.actor("ines"), Kind.NEWS);
        Page ines = at("ines", begun.id(), "");
        ines.locator("#comment").fill("C’est urgent.");
        ines.locator("[data-submits]").click();
        assertThat(ines.locator("[data-notes] .note--fail")).isVisible();
        assertThat(ines.locator("#comment")).hasValue("C’est urgent.");

        ines.locator("[id='title.fr']").fill("Un titre");
        ines.locator("[id='summary.fr']").fill("Un résumé.");
        assertThat(ines.locator("[data-saved='saved'] span")).containsText("Enregistré à");
        assertThat(studio.content(ines).in("fr").title()).isEqualTo("Un titre");
    }

    @Test
    void a_request_for_changes_that_could_not_leave_stays_on_the_device() {
        NoticeId id = submitted("Le marché déménage");
        Page marc = at("marc", id, "");
        cut(marc, "demande");
        marc.locator("#ask-comment").fill("Où exactement ?");
        marc.locator("form[action$='/demande'] button[type=submit]").click();
        assertThat(said(marc, "ask-comment"))
                .hasText("Hors ligne\u00a0: pas envoyé, mais gardé sur cet appareil."
                        + " Recommencez quand la connexion sera là.");
        marc.reload();
        assertThat(marc.locator("#ask-comment")).hasValue("Où exactement ?");

        marc.unroute("**/demande");
        marc.locator("form[action$='/demande'] button[type=submit]").click();
        assertThat(marc.locator(".said--asked")).containsText("Où exactement ?");
        assertThat(keptTexts(marc)).isEqualTo(0);
    }

    @Test
    void a_refused_approval_keeps_its_word() {
        Page marc = at("marc", submitted("Le sapin s’allume"), "");
        marc.locator("#approve-comment").fill("Bravo.");
        marc.locator("#release-at").check();
        marc.locator("input[name='at.date']").fill("2026-11-20");
        marc.locator("input[name='at.time']").fill("18:00");
        marc.locator("form[action$='/approbation'] button[type=submit]").click();

        assertThat(marc.locator(".note--fail")).containsText("Ce moment est passé");
        assertThat(marc.locator("#approve-comment")).hasValue("Bravo.");
        assertThat(marc.locator("input[name='at.date']")).hasValue("2026-11-20");
    }

    @Test
    void the_reason_of_a_withdrawal_outlives_the_session() {
        NoticeId id = published("La piscine ferme");
        Page marc = at("marc", id, "/retrait");
        marc.locator("#reason").fill("La vidange est reportée.");
        Page elsewhere = marc.context().newPage();
        elsewhere.navigate(studio.url("/studio"));
        elsewhere.locator("form[action*=deconnexion] button").click();
        assertThat(elsewhere.locator("[name=password]")).isVisible();
        marc.locator("form[action$='/retrait'] button[type=submit]").click();
        assertThat(said(marc, "reason")).containsText("Votre session est finie");

        studio.signIn(elsewhere, "marc");
        marc.locator("form[action$='/retrait'] button[type=submit]").click();
        assertThat(marc.locator(".write__state")).containsText("Retiré");
        assertThat(studio.notice(id).standing().publicState()).isEqualTo(PublicState.WITHDRAWN);
        assertThat(keptTexts(marc)).isEqualTo(0);
    }

    @Test
    void the_reason_of_a_correction_survives_a_reload() {
        NoticeId id = published("La halle rouvre samedi");
        desk().correct(studio.actor("ines"), id);
        Page ines = at("ines", id, "");
        cut(ines, id.ref());
        ines.locator("#reason").fill("La commission passe samedi.");
        assertThat(ines.locator("[data-saved] span")).hasText("Hors ligne\u00a0: gardé sur cet appareil");
        ines.reload();
        assertThat(ines.locator("#reason")).hasValue("La commission passe samedi.");
    }

    @Test
    void a_device_that_keeps_nothing_says_so_and_the_page_keeps_the_text() {
        Page marc = studio.signedIn("marc", 1280, 900);
        marc.addInitScript(Studio.NO_STORAGE);
        NoticeId id = published("Le bac déborde");
        marc.navigate(studio.url("/studio/avis/" + id.ref() + "/retrait"));
        cut(marc, "retrait");
        marc.locator("#reason").fill("Le bac est vide.");
        marc.locator("form[action$='/retrait'] button[type=submit]").click();
        assertThat(said(marc, "reason"))
                .hasText("Hors ligne\u00a0: pas envoyé, et rien n’est gardé ici."
                        + " Laissez cette page ouverte et recommencez quand la connexion sera là.");

        marc.unroute("**/retrait");
        marc.locator("form[action$='/retrait'] button[type=submit]").click();
        assertThat(marc.locator(".write__state")).containsText("Retiré");
    }

    @Test
    void what_one_person_typed_is_not_shown_to_another() {
        NoticeId id = published("Le gué est fermé");
        Page marc = at("marc", id, "/retrait");
        marc.evaluate("localStorage.setItem('tambour.text.1." + id.ref() + ".retrait',"
                + " JSON.stringify({ at: Date.now(), text: 'À quelqu’un d’autre.' }))");
        marc.navigate(studio.url("/studio/avis/" + id.ref() + "/retrait"));
        assertThat(marc.locator("#reason")).hasValue("");
        marc.locator("#reason").fill("À moi.");
        marc.reload();
        assertThat(marc.locator("#reason")).hasValue("À moi.");
    }
}
