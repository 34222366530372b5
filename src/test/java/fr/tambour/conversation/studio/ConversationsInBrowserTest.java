package fr.tambour.conversation.studio;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import fr.tambour.conversation.Author;
import fr.tambour.conversation.Incoming;
import fr.tambour.conversation.Remark;
import fr.tambour.conversation.Report;
import fr.tambour.conversation.internal.BlockListDesk;
import fr.tambour.conversation.internal.Message;
import fr.tambour.conversation.internal.Messages;
import fr.tambour.conversation.internal.ModerationDesk;
import fr.tambour.conversation.internal.Pace;
import fr.tambour.conversation.internal.PreferencesDesk;
import fr.tambour.conversation.internal.RemovalReason;
import fr.tambour.notice.DeskTown;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.Actor;
import fr.tambour.people.Role;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Accessibility;
import fr.tambour.testing.Browsers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages of what came back: without a script, on a narrow screen, and for everybody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConversationsInBrowserTest {

    private static final int PATIENCE = 120_000;
    private static final String CONTESTED = "/contestation/" + "t".repeat(43);

    private DeskTown town;
    private Browsers browsers;
    private NoticeId notice;
    private Actor mina;

    @BeforeAll
    void aTownThatPeopleAnswer() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        town = new DeskTown(Dialect.SQLITE);
        browsers = Browsers.lean();
        mina = town.person(town.here, "mina@clairval.example", Role.MODERATOR, Role.APPROVER, Role.ADMINISTRATOR);
        PreferencesDesk preferences = town.tambour.bean(PreferencesDesk.class);
        preferences.change(mina, false, "nigaud");
        preferences.put(mina, null, "Horaires de la mairie", "La mairie est ouverte de 9 h à 17 h.");
        notice = town.published(town.news("Le bal des pompiers revient sur la place de la Halle"));
        said(
                "alice",
                "Alice Martin",
                notice,
                "<p>À quelle heure cela commence-t-il ? Et y aura-t-il à manger ?</p>",
                true);
        said(
                "averyveryverylongname.without.any.break",
                "",
                notice,
                "<p>Espèce de nigaud, regarde <a href=\"https://a.example/\">https://a.example/une/tres/longue/adresse/sans/la/moindre/coupure/possible</a></p>",
                true);
        said("bob", "Bob", notice, "<p>Entre nous : la sono était trop forte l’an dernier.</p>", false);
        said("carol", "Carole", null, "<p>Il y a un trou, rue Haute.</p>", true);
        town.write(() -> {
            town.tambour
                    .bean(Incoming.class)
                    .reported(
                            town.here.id(),
                            new Report("fediverse", "https://a.example/f", "a.example", notice, "La date est fausse."));
            return true;
        });
    }

    private void said(String name, String called, @Nullable NoticeId about, String html, boolean open) {
        String id = "https://other.example/notes/" + name;
        Author author = new Author(
                "https://other.example/users/" + name, name + "@other.example", called, id, "other.example", id);
        town.write(() -> {
            town.tambour
                    .bean(Incoming.class)
                    .said(
                            town.here.id(),
                            new Remark(
                                    "fediverse",
                                    id,
                                    author,
                                    html,
                                    List.of("https://other.example/media/photo.jpg"),
                                    "fr",
                                    id,
                                    open,
                                    about,
                                    "",
                                    Instant.parse("2026-11-24T07:59:00Z")));
            return true;
        });
    }

    @AfterAll
    void close() {
        browsers.close();
        town.close();
    }

    private Page signedIn(boolean scripts) {
        BrowserContext context = browsers.browser()
                .newContext(new Browser.NewContextOptions().setLocale("fr-FR").setJavaScriptEnabled(scripts));
        context.setDefaultTimeout(PATIENCE);
        Page page = context.newPage();
        page.navigate(url("/studio/connexion"));
        page.locator("input[name=email]").fill("mina@clairval.example");
        page.locator("input[name=password]").fill("une phrase assez longue");
        page.locator("input[name=password]").press("Enter");
        page.waitForURL(address -> !address.contains("/connexion"));
        return page;
    }

    private String url(String path) {
        return town.tambour.url(town.here.slug(), path).toString();
    }

    /** A message that was hidden and is contested, at an address that is known; and another that may be. */
    private String hiddenAndContested() {
        said("dan", "Dan", notice, "<p>Quelle bande d’incapables.</p>", true);
        said("eve", "Eve", notice, "<p>Tous des incapables.</p>", true);
        List<Message> both = town
                .write(() -> town.tambour.bean(Messages.class).of(town.here.id(), Optional.of(notice), null, 100, 0))
                .stream()
                .filter(message -> message.plain().contains("incapables"))
                .toList();
        both.forEach(message ->
                desk().hide(mina, message.id(), message.version(), RemovalReason.RULES, "Propos injurieux."));
        long contested = both.getFirst().id();
        town.write(() -> town.tambour
                .bean(JdbcClient.class)
                .sql(
                        "UPDATE conversation_appeal SET body = 'C’était de l’humour.', filed_at = 1795507200000 WHERE message_id = :id")
                .param("id", contested)
                .update());
        town.write(() -> town.tambour
                .bean(JdbcClient.class)
                .sql("UPDATE conversation_appeal SET token = :token WHERE message_id = :id")
                .param("token", "80383f974f22964fd6b7ae851b6ccc9180ed4e6fcb2e415bafcab6d822139238")
                .param("id", both.getLast().id())
                .update());
        return "/studio/echanges/" + contested;
    }

    private ModerationDesk desk() {
        return town.tambour.bean(ModerationDesk.class);
    }

    @Test
    void withoutAScriptAMessageIsReadAnsweredAndFoundAmongTheSettled() {
        Page page = signedIn(false);
        page.navigate(url("/studio/echanges"));
        page.getByText("Carole (@carol@other.example)").click();
        page.getByText("Horaires de la mairie").click();
        assertThat(page.locator("#texte")).hasValue("La mairie est ouverte de 9 h à 17 h.");
        page.locator("#texte").fill("C’est transmis à la voirie.");
        page.getByText("Envoyer la réponse").click();

        assertThat(page.locator(".talk-answer")).containsText("C’est transmis à la voirie.");
        page.navigate(url("/studio/echanges?avis=" + notice.ref()));
        page.getByText("Alice Martin").click();
        page.locator("#texte").fill("Le bal commence à 20 h 30.\n\nLa buvette ouvre à 19 h.");
        page.locator("[name=precision]").check();
        page.getByText("Envoyer la réponse").click();
        page.navigate(url("/avis/" + notice.ref()));
        assertThat(page.locator(".clarified")).containsText("Le bal commence à 20 h 30.");
        page.navigate(url("/studio/echanges?etat=traites"));
        assertThat(page.locator(".talk-row")).containsText(new String[] {"Il y a un trou, rue Haute."});
    }

    @Test
    void everybodyCanReadThemAndNothingSticksOutOnANarrowScreen() {
        Page page = signedIn(true);
        page.navigate(url("/studio/echanges?avis=" + notice.ref()));
        String message = page.locator(".talk-row a").nth(1).getAttribute("href");
        String hidden = hiddenAndContested();
        BlockListDesk lists = town.tambour.bean(BlockListDesk.class);
        long taken = lists.read(
                mina,
                town.here,
                "une-liste-au-nom-vraiment-tres-long-et-sans-la-moindre-coupure-possible.csv",
                "#domain,#severity,#public_comment\naverylongnamewithoutanybreakatallaverylong.spam.example,suspend,Publicité\nspam.example,suspend,\n"
                        .getBytes(StandardCharsets.UTF_8));
        lists.take(mina, taken);
        long looked = lists.read(
                mina,
                town.here,
                "comptes.csv",
                IntStream.range(0, 120)
                        .mapToObj(i -> "un.nom.de.compte.assez.long." + i + "@social.example\n")
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.UTF_8));
        desk().pace(mina, notice, Pace.SLOW);
        for (String path : List.of(
                "/studio/echanges",
                message,
                hidden,
                CONTESTED,
                "/studio/echanges/reglages",
                "/studio/echanges/blocages",
                "/studio/echanges/blocages/listes/" + taken,
                "/studio/echanges/blocages/listes/" + looked,
                "/studio/avis/" + notice.ref(),
                "/avis/" + notice.ref())) {
            page.navigate(url(path));
            page.locator("main summary").all().forEach(summary -> summary.click());
            for (int width : List.of(1280, 360)) {
                page.setViewportSize(width, 800);
                for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                    Assertions.assertThat(Accessibility.broken(page))
                            .as("%s, %s, %d", path, scheme, width)
                            .isEmpty();
                }
                Assertions.assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .as("%s at %d", path, width)
                        .isEqualTo(width);
            }
        }
    }
}
