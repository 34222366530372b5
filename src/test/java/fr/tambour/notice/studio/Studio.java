package fr.tambour.notice.studio;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import fr.tambour.notice.Content;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.StaffNotice;
import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.people.Person;
import fr.tambour.people.Role;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Browsers;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.transaction.support.TransactionTemplate;

/** The whole application with one town, four people and a browser: what a test of staff pages walks through. */
final class Studio implements AutoCloseable {

    private static final int PATIENCE = 120_000;

    static final String PASSWORD = "tambour et trompettes";

    /** A browser whose storage is full or forbidden. */
    static final String NO_STORAGE =
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }";

    private final TambourServer server;
    private final Browsers browsers;
    private final Town town;
    private final Map<String, Person> people = new HashMap<>();

    private Studio(TambourServer server, Browsers browsers) {
        this.server = server;
        this.browsers = browsers;
        this.town = server.bean(TransactionTemplate.class)
                .execute(tx -> server.bean(Towns.class)
                        .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false));
        person("ines", "Inès Vidal", Role.AUTHOR);
        person("solene", "Solène Arnaud", Role.AUTHOR);
        person("marc", "Marc Duval", Role.APPROVER);
        person("anne", "Anne Morel", Role.ADMINISTRATOR);
    }

    static Studio open() {
        // A machine that runs everything at once is slow; what is awaited comes, or the test fails.
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        return new Studio(TambourServer.start(Dialect.SQLITE), Browsers.lean());
    }

    private void person(String id, String name, Role... roles) {
        people.put(
                id,
                server.bean(TransactionTemplate.class)
                        .execute(tx -> server.bean(People.class)
                                .create(town.id(), id + "@clairval.example", name, PASSWORD, "fr", Set.of(roles))));
    }

    TambourServer server() {
        return server;
    }

    Town town() {
        return town;
    }

    Actor actor(String id) {
        return server.bean(People.class).actor(town.id(), people.get(id).id()).orElseThrow();
    }

    String url(String path) {
        return server.url(path).toString();
    }

    /** A window of their own, signed in. */
    Page signedIn(String id, int width, int height) {
        BrowserContext context = browsers.browser()
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setLocale("fr-FR"));
        context.setDefaultTimeout(PATIENCE);
        Page page = context.newPage();
        page.onPageError(problem -> System.err.println("In the browser: " + problem));
        page.onConsoleMessage(message -> System.err.println("In the browser: " + message.text()));
        signIn(page, id);
        return page;
    }

    void signIn(Page page, String id) {
        page.navigate(url("/studio/connexion"));
        page.locator("input[name=email]").fill(id + "@clairval.example");
        page.locator("input[name=password]").fill(PASSWORD);
        page.locator("input[name=password]").press("Enter");
        page.waitForURL(address -> !address.contains("/connexion"));
    }

    /** The notice whose page this is. */
    StaffNotice notice(Page page) {
        String ref = page.url().replaceFirst(".*/studio/avis/", "").replaceFirst("[/?#].*", "");
        return notice(NoticeId.ofRef(ref).orElseThrow());
    }

    StaffNotice notice(NoticeId id) {
        return server.bean(DeskQueries.class).find(town.id(), id).orElseThrow();
    }

    Content content(Page page) {
        return notice(page).content();
    }

    /** Closes all windows: a page that stays open goes on working beside the next test. */
    void leave() {
        List.copyOf(browsers.browser().contexts()).forEach(BrowserContext::close);
    }

    @Override
    public void close() {
        browsers.close();
        server.close();
    }
}
