package fr.tambour.notice.studio;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import fr.tambour.notice.ApprovalPolicies;
import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Content;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Lifecycle.Standing;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicState;
import fr.tambour.people.Actor;
import fr.tambour.people.StudioClient;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** From the submitted draft to the town, and back by correction and withdrawal, with two people. */
class ApprovalTest {

    private static Studio studio;

    @BeforeAll
    static void open() {
        studio = Studio.open();
        studio.server()
                .bean(TransactionTemplate.class)
                .executeWithoutResult(tx -> studio.server()
                        .bean(ApprovalPolicies.class)
                        .set(studio.town().id(), Kind.NEWS, ApprovalPolicy.FOUR_EYES));
    }

    @AfterEach
    void leave() {
        studio.leave();
    }

    @AfterAll
    static void close() {
        studio.close();
    }

    private static NoticeId submitted(String who, String title) {
        NoticeDesk desk = studio.server().bean(NoticeDesk.class);
        Actor author = studio.actor(who);
        NoticeDesk.Saved begun = desk.create(author, Kind.NEWS);
        Content content = studio.notice(begun.id())
                .content()
                .withWords("fr", Content.Words.of(title, "La halle rouvre samedi.", "Avec la fanfare."));
        NoticeDesk.Saved saved = desk.save(author, begun.id(), begun.version(), content, "");
        desk.submit(author, begun.id(), saved.version(), "");
        return begun.id();
    }

    private static Page at(String who, NoticeId id) {
        Page page = studio.signedIn(who, 1280, 900);
        page.navigate(studio.url("/studio/avis/" + id.ref()));
        return page;
    }

    @Test
    void a_change_is_asked_for_made_seen_approved_corrected_and_withdrawn() {
        NoticeId id = submitted("ines", "La halle rouvre");
        Page marc = at("marc", id);
        marc.locator("#ask-comment").fill("À quelle heure ?");
        marc.locator("form[action$='/demande'] button[type=submit]").click();
        assertThat(marc.locator(".said--asked")).containsText("À quelle heure ?");

        Page ines = at("ines", id);
        assertThat(ines.locator(".said--asked")).containsText("À quelle heure ?");
        ines.locator("[id='summary.fr']").fill("La halle rouvre samedi à 9 h.");
        ines.locator("[data-submits]").click();
        assertThat(ines.locator("h1")).hasText("La halle rouvre");
        assertThat(ines.locator("form[action$='/approbation']")).hasCount(0);

        marc.navigate(studio.url("/studio/avis/" + id.ref()));
        assertThat(marc.locator(".changed ins")).containsText("samedi à 9 h.");
        marc.locator("input[name=release][value=now]").check();
        marc.locator("form[action$='/approbation'] button[type=submit]").click();
        assertThat(marc.locator(".write__state")).containsText("En ligne");
        assertThat(studio.notice(id).standing()).isEqualTo(new Standing(DraftState.NONE, PublicState.PUBLISHED));

        ines.navigate(studio.url("/studio/avis/" + id.ref()));
        ines.locator("form[action$='/rectificatif'] button").first().click();
        ines.locator("[id='title.fr']").fill("La halle rouvre dimanche");
        ines.locator("[data-submits]").click();
        assertThat(ines.locator(".check .no")).containsText("Dire pourquoi cette correction est faite");
        assertThat(ines.locator("#reason")).hasAttribute("aria-invalid", "true");
        assertThat(ines.locator("#reason-error")).containsText("Dire pourquoi cette correction est faite");
        ines.locator("#reason").fill("La commission passe samedi.");
        assertThat(ines.locator("#reason-error")).hasCount(0);
        ines.locator("[data-submits]").click();
        assertThat(ines.locator(".read")).isVisible();
        assertThat(ines.locator(".write__state")).containsText("À relire");
        assertThat(ines.locator(".write__state")).containsText("Version 3");
        assertThat(ines.locator(".saved")).containsText("Version 2 en ligne");
        assertThat(ines.locator("section[aria-labelledby=attend]")).containsText("Peut l’approuver\u00a0: Marc Duval.");

        marc.navigate(studio.url("/studio/avis/" + id.ref()));
        marc.locator("form[action$='/approbation'] button[type=submit]").click();
        assertThat(marc.locator("form[action$='/approbation']")).hasCount(0);
        assertThat(studio.notice(id)
                        .published()
                        .orElseThrow()
                        .corrections()
                        .getFirst()
                        .reason())
                .isEqualTo("La commission passe samedi.");

        marc.locator("a[href$='/retrait']").click();
        marc.locator("#reason").fill("La halle n’est pas sûre.");
        marc.locator("form[action$='/retrait'] button[type=submit]").click();
        assertThat(marc.locator(".write__state")).containsText("Retiré");
        assertThat(marc.locator("section[aria-labelledby=vers] .state")).hasText("Retiré");
        assertThat(studio.notice(id).standing().publicState()).isEqualTo(PublicState.WITHDRAWN);
    }

    @Test
    void who_wrote_it_is_told_that_another_pair_of_eyes_is_needed_and_that_there_is_none() {
        NoticeId id = submitted("marc", "Le marché déménage");
        Page marc = at("marc", id);

        assertThat(marc.locator("section[aria-labelledby=attend]"))
                .containsText("Personne d’autre ne peut encore l’approuver. Demandez à un administrateur");

        assertThat(marc.locator("section[aria-labelledby=decider]")).containsText("Il faut un autre regard");
        assertThat(marc.locator("form[action$='/approbation']")).hasCount(0);
    }

    @Test
    void it_is_scheduled_and_taken_off_the_schedule() {
        NoticeId id = submitted("ines", "Le sapin s’allume");
        Page marc = at("marc", id);
        marc.locator("#release-at").check();
        marc.locator("input[name='at.date']").fill("2026-11-20");
        marc.locator("input[name='at.time']").fill("18:00");
        marc.locator("form[action$='/approbation'] button[type=submit]").click();
        assertThat(marc.locator(".note--fail")).containsText("Ce moment est passé");
        assertThat(marc.locator("input[name='at.date']")).hasValue("2026-11-20");

        marc.locator("input[name='at.date']").fill("2026-11-27");
        marc.locator("form[action$='/approbation'] button[type=submit]").click();
        assertThat(marc.locator(".write__state")).containsText("Programmé");
        marc.locator("form[action$='/deprogrammation'] button").click();
        assertThat(marc.locator("#notice [name='wished.date']")).hasValue("2026-11-27");
        assertThat(studio.notice(id).standing()).isEqualTo(new Standing(DraftState.DRAFT, PublicState.NONE));
    }

    @Test
    void a_time_that_is_typed_is_chosen() {
        Page marc = at("marc", submitted("ines", "Le sapin s’éteint"));
        assertThat(marc.locator("input[name=release][value=now]")).isChecked();
        marc.locator("input[name='at.date']").fill("2026-12-24");
        assertThat(marc.locator("#release-at")).isChecked();
    }

    @Test
    void now_and_a_time_together_are_asked_about_and_nothing_comes_out() {
        NoticeId id = submitted("ines", "La crèche ouvre");
        StudioClient marc = new StudioClient(studio.server(), studio.town().slug());
        marc.signIn("marc@clairval.example", Studio.PASSWORD);
        String path = "/studio/avis/" + id.ref();
        marc.get(path);
        for (String release : List.of("now", "wished", "later")) {
            HttpResponse<String> asked = marc.post(
                    path + "/approbation",
                    "revision",
                    "1",
                    "release",
                    release,
                    "at.date",
                    "2026-12-24",
                    "at.time",
                    "18:00");
            assertThat(asked.statusCode()).as(release).isEqualTo(422);
            assertThat(asked.body()).contains("Vous avez aussi saisi une date ou une heure", "2026-12-24");
            assertThat(studio.notice(id).standing()).isEqualTo(new Standing(DraftState.SUBMITTED, PublicState.NONE));
        }

        assertThat(marc.post(path + "/approbation", "revision", "1", "release", "now", "at.date", "", "at.time", "")
                        .statusCode())
                .isEqualTo(302);
        assertThat(studio.notice(id).standing().publicState()).isEqualTo(PublicState.PUBLISHED);
    }

    @Test
    void with_a_script_the_time_that_is_not_chosen_is_not_sent() {
        NoticeId id = submitted("ines", "La crèche ferme");
        Page marc = at("marc", id);
        marc.locator("input[name='at.date']").fill("2026-12-24");
        marc.locator("input[name=release][value=now]").check();
        marc.locator("form[action$='/approbation'] button[type=submit]").click();
        assertThat(marc.locator(".write__state")).containsText("En ligne");
    }

    @Test
    void a_step_that_is_no_longer_possible_is_refused_with_a_sentence() {
        NoticeId id = submitted("ines", "La piscine ferme");
        Page marc = at("marc", id);
        Actor ines = studio.actor("ines");
        studio.server().bean(NoticeDesk.class).takeBack(ines, id, "");
        marc.locator("form[action$='/approbation'] button[type=submit]").click();

        assertThat(marc.locator(".note--fail")).containsText("l’avis a avancé entre-temps");
        assertThat(studio.notice(id).standing().draft()).isEqualTo(DraftState.DRAFT);
    }

    @Test
    void the_list_finds_by_words_and_by_state() {
        NoticeId id = submitted("ines", "Fête de l’Œuvre");
        Page page = studio.signedIn("ines", 1280, 900);
        page.navigate(studio.url("/studio/avis?q=fete+de+l'oeuvre&etat=a-relire"));

        assertThat(page.locator(".row__t")).hasCount(1);
        assertThat(page.locator(".row__t")).hasAttribute("href", "/studio/avis/" + id.ref());
        assertThat(page.navigate(studio.url("/studio/avis/0000000000000")).status())
                .isEqualTo(404);
    }
}
