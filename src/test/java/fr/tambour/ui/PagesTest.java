package fr.tambour.ui;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.tambour.testing.Generated;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** The module alone behind a real server, with pages and providers that misbehave. */
class PagesTest {

    private static final String SECRET = "jdbc:sqlite:/var/lib/tambour";

    /** Few, so that a test can try to take them all. */
    private static final int THREADS = 12;

    private static ConfigurableApplicationContext context;
    private static final HttpClient http = HttpClient.newHttpClient();

    @ImportAutoConfiguration({
        JettyServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class
    })
    @ComponentScan("fr.tambour.ui")
    static class Application {

        @Bean
        RouterFunction<ServerResponse> pages() {
            return RouterFunctions.route()
                    .GET("/refused", request -> {
                        throw new Refusal(HttpStatus.GONE, "gone");
                    })
                    .GET("/broken", request -> {
                        throw new IllegalStateException(SECRET);
                    })
                    .GET("/locked", request -> {
                        throw new CannotAcquireLockException(SECRET, new SQLException("busy", null, 5));
                    })
                    .GET("/full", request -> {
                        throw new IllegalStateException(new SQLException("full", null, 13));
                    })
                    .GET("/studio/broken", request -> {
                        throw new IllegalStateException(SECRET);
                    })
                    .GET("/api/v1/broken", request -> {
                        throw new IllegalStateException(SECRET);
                    })
                    .GET(
                            "/asked",
                            request ->
                                    ServerResponse.ok().body(request.param("q").orElse("nothing")))
                    .POST(
                            "/asked",
                            request -> ServerResponse.ok()
                                    .body(request.param("q").map(String::length).orElse(0)))
                    .build();
        }

        @Bean
        FilterRegistrationBean<?> town() {
            FilterRegistrationBean<?> filter = new FilterRegistrationBean<>((request, response, chain) -> {
                if ("nobody.example".equals(request.getServerName())) {
                    throw new Refusal(HttpStatus.MISDIRECTED_REQUEST, "unknown-host");
                }
                request.setAttribute(Scope.TOWN, 1L);
                chain.doFilter(request, response);
            });
            filter.setOrder(FilterOrder.TOWN);
            return filter;
        }

        @Bean
        Brand.Provider brand() {
            return scope -> Optional.of(new Brand(
                    "Ville de",
                    "Clairval",
                    "https://clairval.example",
                    List.of("fr", "en"),
                    null,
                    "/armes.png",
                    Brand.Contact.NONE,
                    true));
        }

        @Bean
        SiteLink.Provider sections() {
            return scope -> List.of(new SiteLink(SiteLink.Place.NAV, 1, "Agenda", null, "/agenda", null));
        }

        @Bean
        SiteLink.Provider failing() {
            return scope -> {
                throw new IllegalStateException("this one fails");
            };
        }

        @Bean
        FormGate asked() {
            return form -> form.path().equals("/asked");
        }

        @Bean
        CspSource tiles() {
            return new CspSource("img-src", "https://tiles.example.fr");
        }
    }

    @BeforeAll
    static void start() {
        context = new SpringApplicationBuilder(Application.class)
                .logStartupInfo(false)
                .run("--server.port=0", "--tambour.port=0", "--server.jetty.threads.max=" + THREADS);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        URI uri = URI.create(
                "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port") + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void everyAnswerCarriesTheStrictPolicyAndNoCookie() throws Exception {
        HttpResponse<String> page = get("/refused");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                .contains("img-src 'self' data: https://tiles.example.fr", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void pagesHoldNoInlineStyleOrScript() throws Exception {
        assertThat(get("/refused").body())
                .doesNotContain("<style", " style=", "onclick=", "javascript:")
                .doesNotContainPattern("<script(?![^>]*src=)");
    }

    @Test
    void aSourceThatWouldOpenThePolicyIsRefusedAtStart() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> new CspSource("script-src", "'unsafe-inline'")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRefusalIsAPageInTheTownsFrameAndLanguage() throws Exception {
        HttpResponse<String> french = get("/refused", "Accept-Language", "en");
        assertThat(french.statusCode()).isEqualTo(410);
        assertThat(french.body())
                .contains("<html lang=\"fr\">", "Cette page a été retirée", "Clairval", "href=\"/agenda\"");
        HttpResponse<String> english = get("/en/refused");
        assertThat(english.statusCode()).isEqualTo(410);
        assertThat(english.body())
                .contains("<html lang=\"en\">", "This page has been withdrawn", "href=\"/en/agenda\"");
    }

    @Test
    void aProviderThatFailsIsLeftOutAndThePageStands() throws Exception {
        assertThat(get("/refused").body()).contains("href=\"/agenda\"").doesNotContain("this one fails");
    }

    @Test
    void aDemonstrationSaysSoOnEveryPage() throws Exception {
        assertThat(get("/refused").body()).contains("Démonstration.");
        assertThat(get("/nowhere").body()).contains("Démonstration.");
    }

    @Test
    void theFirstLanguageHasNoPrefix() throws Exception {
        HttpResponse<String> page = get("/fr/refused?page=2");
        assertThat(page.statusCode()).isEqualTo(301);
        assertThat(page.headers().firstValue("Location")).hasValue("/refused?page=2");
    }

    @Test
    void aPageThatDoesNotExistSaysHowToGoOn() throws Exception {
        HttpResponse<String> page = get("/nowhere");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("Cette page n’existe pas", "Revenir à l’accueil");
    }

    @Test
    void whatBreaksOnOurSideShowsANumberAndNothingElse() throws Exception {
        HttpResponse<String> page = get("/broken");
        assertThat(page.statusCode()).isEqualTo(500);
        assertThat(page.body())
                .containsPattern(Pattern.compile("<b>[0-9A-Z]{6}</b>"))
                .doesNotContain(SECRET, "IllegalState", "fr.tambour");
    }

    @Test
    void whatBreaksOnOurSideShowsNothingThatADatabaseWouldHaveToGive() throws Exception {
        assertThat(get("/refused").body()).contains("/armes.png", "href=\"/agenda\"");
        for (String path : List.of("/broken", "/locked", "/full", "/studio/broken")) {
            assertThat(get(path).body())
                    .as(path)
                    .contains("Clairval", "Démonstration.")
                    .doesNotContain("/armes.png", "href=\"/agenda\"");
        }
    }

    @Test
    void nothingThatAStrangerChoseIsInTheLog() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        root.addAppender(said);
        try {
            for (String request : List.of(
                    "GET / HTTP/1.1\r\nHost: indiscret.example\r\nHost: indiscret2.example",
                    "GET / HTTP/1.1\r\nHost: <indiscret>",
                    "GET /%ffindiscret HTTP/1.1\r\nHost: a.example",
                    "GET /" + "indiscret".repeat(2_000) + " HTTP/1.1\r\nHost: a.example",
                    "GET / HTTP/1.1\r\nHost: a.example\r\nX-A: " + "indiscret".repeat(2_000),
                    "GET / HTTP/1.1\r\nHost: a.example\r\nindiscret\u0001: b",
                    "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: indiscret",
                    "INDISCRET\u0001indiscret / HTTP/1.1\r\nHost: a.example",
                    "GET / indiscret/1.1\r\nHost: a.example")) {
                raw(request + "\r\nConnection: close\r\n\r\n");
            }
        } finally {
            root.detachAppender(said);
        }

        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(message -> message.toLowerCase(Locale.ROOT).contains("indiscret"));
    }

    @Test
    void aLockedDatabaseAndAFullDiskSayWhatToDo() throws Exception {
        HttpResponse<String> locked = get("/locked");
        assertThat(locked.statusCode()).isEqualTo(503);
        assertThat(locked.headers().firstValue("Retry-After")).isPresent();
        assertThat(locked.body()).contains("recommencez dans quelques secondes").doesNotContain(SECRET);
        HttpResponse<String> full = get("/full");
        assertThat(full.statusCode()).isEqualTo(507);
        assertThat(full.body()).contains("Le disque du serveur est plein");
    }

    @Test
    void aProgramGetsAProblem() throws Exception {
        HttpResponse<String> problem = get("/api/v1/broken", "Accept-Language", "en");
        assertThat(problem.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(problem.body())
                .contains("\"status\":500", "\"code\":\"internal\"", "\"incident\":\"", "Something broke on our side")
                .doesNotContain(SECRET);
        assertThat(get("/refused", "Accept", "application/json").headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
    }

    @Test
    void anUnknownHostIsMisdirectedBeforeAnythingElse() throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: nobody.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421")
                .contains("Content-Security-Policy", "Aucune ville");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /images/../../etc/passwd HTTP/1.1\r\nHost: a.example",
                "GET /..%2f..%2fapplication.yaml HTTP/1.1\r\nHost: a.example",
                "GET /%00 HTTP/1.1\r\nHost: a.example",
                "GET /%ff HTTP/1.1\r\nHost: a.example",
                "GET / HTTP/1.1\r\nHost: a.example\r\nHost: b.example",
                "GET / HTTP/1.1\r\nHost: <script>",
                "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 4\r\nTransfer-Encoding: chunked",
                "\u0016\u0003\u0001"
            })
    void whatTheServerCannotReadIsAnsweredInOurWordsAndUnderThePolicy(String request) throws Exception {
        assertThat(raw(request + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("Content-Security-Policy: default-src 'none'", "Cache-Control: no-store")
                .contains("Nous n’avons pas compris cette demande")
                .doesNotContain("Jetty", "Ambiguous", "Error 400");
    }

    @Test
    void anAddressOfTheApiThatCannotBeReadIsAProblem() throws Exception {
        assertThat(raw("GET /api/v1/notices/a%2fb HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("Content-Type: application/problem+json", "\"code\":\"malformed\"")
                .doesNotContain("Ambiguous");
    }

    @Test
    void tooLongAnAddressSaysSo() throws Exception {
        assertThat(raw("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 414")
                .contains("Content-Security-Policy", "Cette adresse est trop longue");
    }

    @Test
    void whatTheContainerHidesIsAnsweredUnderThePolicyToo() throws Exception {
        HttpResponse<String> hidden = get("/WEB-INF/web.xml");
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(hidden.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @Test
    void aQueryThatIsNoTextIsNotOurFault() throws Exception {
        HttpResponse<String> page = get("/asked?q=%ff");
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("Nous n’avons pas compris cette demande");
    }

    @Test
    void aFormWithTooMuchInItIsTooLarge() throws Exception {
        assertThat(post("q=" + "a".repeat(100_000)).body()).isEqualTo("100000");
        HttpResponse<String> larger = post("q=" + "a".repeat(10_000_000));
        assertThat(larger.statusCode()).isEqualTo(413);
        assertThat(larger.body()).contains("C’est trop lourd");
        String many = IntStream.range(0, 3_000).mapToObj(i -> "a" + i + "=b").collect(Collectors.joining("&"));
        assertThat(post(many).statusCode()).isEqualTo(413);
    }

    @Test
    void aFormInACharacterSetThatNobodyKnowsIsNotOurFault() throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/asked"))
                        .header("Content-Type", "application/x-www-form-urlencoded; charset=nothing-known")
                        .POST(HttpRequest.BodyPublishers.ofString("q=a"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("Nous n’avons pas compris cette demande")
                .doesNotContain("Exception");
    }

    @Test
    void formsThatNeverArriveWholeHoldNoThreadAndOneAddressCannotSendThemWithoutEnd() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 4 * THREADS; i++) {
                slow.add(beginning("application/x-www-form-urlencoded", "q=a"));
            }
            assertThat(get("/asked?q=here").body()).isEqualTo("here");
            // The server takes them in some order of its own: wait until it has them all.
            await(() -> post("q=a").statusCode() == 429);
            assertThat(post("q=a").body()).contains("C’est trop à la fois");
            assertThat(get("/asked?q=here").body()).isEqualTo("here");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        await(() -> post("q=a").statusCode() == 200);
    }

    @Test
    void aFormThatNobodyTakesIsAnsweredBeforeItArrivesAndOneAddressMayBringManyOfThem() throws Exception {
        List<Socket> announcing = new ArrayList<>();
        try {
            for (int i = 0; i < 4 * THREADS; i++) {
                Socket socket = new Socket("localhost", port());
                announcing.add(socket);
                socket.getOutputStream()
                        .write(
                                ("POST /nowhere HTTP/1.1\r\nHost: a.example\r\nContent-Type: multipart/form-data; boundary=x"
                                                + "\r\nContent-Length: 20000000\r\n\r\n--x\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
            }
            for (Socket socket : announcing) {
                socket.setSoTimeout(60_000);
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 404");
            }
            assertThat(post("q=a").statusCode())
                    .as("they count for nothing while they go on sending")
                    .isEqualTo(200);
        } finally {
            for (Socket socket : announcing) {
                socket.close();
            }
        }
    }

    @Test
    void whoSendsAFormThatNobodyTakesToItsEndReadsTheAnswerAndMayAskAgain() throws Exception {
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/nowhere"))
                            .header("Content-Type", "multipart/form-data; boundary=x")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[20_000_000]))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
        }
        assertThat(post("q=a").statusCode()).isEqualTo(200);
    }

    private static Socket beginning(String type, String part) throws IOException {
        Socket socket = new Socket("localhost", port());
        socket.getOutputStream()
                .write(("POST /asked HTTP/1.1\r\nHost: a.example\r\nContent-Type: " + type
                                + "\r\nContent-Length: 1000\r\n\r\n" + part)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        Instant last = Instant.now().plusSeconds(20);
        while (!condition.holds()) {
            assertThat(Instant.now()).as("within 20 seconds").isBefore(last);
        }
    }

    private static HttpResponse<String> post(String form) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/asked"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private static int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void stylesAndScriptsAreKeptForAYearUnderNamesThatChange() throws Exception {
        String page = get("/refused").body();
        for (String address : List.of("/styles/site-[0-9a-f]{8}\\.css", "/assets/site-[A-Z0-9]{8}\\.js")) {
            var found = Pattern.compile(address).matcher(page);
            assertThat(found.find()).as(address).isTrue();
            HttpResponse<String> file = get(found.group());
            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(file.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        }
    }

    @Test
    void theStylesheetHoldsEveryLayerInOrderAndItsFontsByVersion() throws Exception {
        assertThat(get(context.getBean(Assets.class).url("site.css")).body())
                .startsWith("@layer reset, tokens, base, components, modules, utilities;")
                .contains("url(\"/fonts/bricolage.woff2?v=");
    }

    @Test
    void rawColoursStandOnlyAmongTheTokensAndForPaper() throws Exception {
        Path folder = Path.of("src/main/resources/static/css");
        for (String file : Generated.paths(folder.toString(), ".css")) {
            if (!file.equals("tokens.css") && !file.equals("print.css")) {
                assertThat(Files.readString(folder.resolve(file)))
                        .as(file)
                        .doesNotContainPattern("#[0-9a-fA-F]{3,8}\\b|\\b(?:rgb|hsl|oklch)\\(");
            }
        }
    }
}
