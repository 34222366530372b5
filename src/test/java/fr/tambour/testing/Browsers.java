package fr.tambour.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The browsers of this machine, driven by Playwright. `TAMBOUR_CHROMIUM` and `TAMBOUR_FIREFOX` say where they are, else
 * PATH does; Playwright downloads none. Start one per test class.
 *
 * <pre>
 * try (Browsers browsers = Browsers.chromium()) {
 *     Page page = browsers.browser().newPage();
 * </pre>
 */
public final class Browsers implements AutoCloseable {

    private static final String[] CHROMIUM = {"chromium", "chromium-browser", "google-chrome-stable", "google-chrome"};
    private static final String[] LEAN = {"chromium-headless-shell"};
    private static final String[] FIREFOX = {"firefox-esr", "firefox"};

    /** One after the other, the test classes of this JVM have the same: to start one takes as long as many a test. */
    private static @Nullable Browsers lean;

    private final Playwright playwright;
    private final Browser browser;

    private Browsers(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    public static Browsers chromium() {
        return chromium(find("TAMBOUR_CHROMIUM", CHROMIUM).orElseThrow(() -> missing("TAMBOUR_CHROMIUM", CHROMIUM)));
    }

    /**
     * Chromium without what is around its pages, notifications among that, for two thirds of the work; all of it where that is
     * missing. Whoever closes it leaves it, with nothing open, to the next.
     */
    public static Browsers lean() {
        if (lean == null || !lean.browser.isConnected()) {
            lean = onPath(LEAN)
                    .filter(Files::isExecutable)
                    .map(Browsers::chromium)
                    .orElseGet(Browsers::chromium);
        }
        return lean;
    }

    private static Browsers chromium(Path executable) {
        // No sandbox: it needs privileges that root in a container does not have; only our own pages are opened.
        LaunchOptions options = new LaunchOptions()
                .setExecutablePath(executable)
                .setArgs(
                        List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE *.localhost , EXCLUDE 127.0.0.1"));
        Playwright playwright = playwright();
        return new Browsers(playwright, playwright.chromium().launch(options));
    }

    public static Browsers firefox() {
        return firefox(Map.of());
    }

    /** @param preferences as on its page about:config */
    public static Browsers firefox(Map<String, Object> preferences) {
        LaunchOptions options = new LaunchOptions()
                .setChannel("moz-firefox")
                .setExecutablePath(firefoxHere().orElseThrow(() -> missing("TAMBOUR_FIREFOX", FIREFOX)))
                .setFirefoxUserPrefs(preferences);
        Playwright playwright = playwright();
        return new Browsers(playwright, playwright.firefox().launch(options));
    }

    public Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        if (this == lean) {
            List.copyOf(browser.contexts()).forEach(BrowserContext::close);
            return;
        }
        browser.close();
        playwright.close();
    }

    private static Playwright playwright() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /** Firefox need not be there. */
    public static Optional<Path> firefoxHere() {
        return find("TAMBOUR_FIREFOX", FIREFOX);
    }

    private static Optional<Path> find(String setting, String... names) {
        Optional<Path> set = Optional.ofNullable(System.getenv(setting)).map(Path::of);
        return set.or(() -> onPath(names)).filter(Files::isExecutable);
    }

    private static IllegalStateException missing(String setting, String... names) {
        return new IllegalStateException(
                "No browser found: install %s (Debian: apt-get install %s)".formatted(names[0], names[0])
                        + " or say where it is in " + setting);
    }

    private static Optional<Path> onPath(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(Optional.ofNullable(System.getenv("PATH"))
                                .orElse("")
                                .split(":"))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
