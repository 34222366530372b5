package fr.tambour.desk.setup;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.TambourServer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A new installation, and a browser at the link on its console. */
@ExtendWith(OutputCaptureExtension.class)
abstract class SetupPages {

    private static final Pattern LINK = Pattern.compile("http://localhost:[0-9]+/mise-en-place/[A-Za-z0-9_-]+");
    static final Pattern KEY = Pattern.compile("AGE-SECRET-KEY-1[0-9A-Z]{58}");
    static final String PASSWORD = "un tambour dans la nuit";

    private final HttpClient browser = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .cookieHandler(new CookieManager())
            .build();
    private final Dialect dialect;
    TambourServer tambour;
    String link = "";

    SetupPages(Dialect dialect) {
        this.dialect = dialect;
    }

    @BeforeEach
    void start(CapturedOutput console) {
        tambour = TambourServer.start(dialect);
        link = linkIn(console);
    }

    @AfterEach
    void stop() {
        tambour.close();
    }

    static String linkIn(CapturedOutput console) {
        List<String> links = new ArrayList<>();
        Matcher found = LINK.matcher(console.getOut());
        while (found.find()) {
            links.add(found.group());
        }
        return links.getLast();
    }

    HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String address, String... fields) throws IOException, InterruptedException {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(form.isEmpty() ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return browser.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form.toString()))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> chooseTown() throws IOException, InterruptedException {
        return post(link + "/collectivite", "type", "COMMUNE", "code", "91692");
    }

    HttpResponse<String> confirmIdentity(String... more) throws IOException, InterruptedException {
        List<String> fields = new ArrayList<>(List.of(
                "style", "VILLE",
                "name", "Les Ulis",
                "postalCode", "91940",
                "population", "25 886",
                "baseUrl", "http://localhost:" + tambour.port(),
                "language", "fr",
                "languages", "en",
                "zone", "Europe/Paris",
                "directorName", "Claude Martin",
                "directorFunction", "maire"));
        fields.addAll(List.of(more));
        return post(link + "/identite", fields.toArray(String[]::new));
    }

    void upToTheAdministrator() throws IOException, InterruptedException {
        chooseTown();
        confirmIdentity();
        post(link + "/couleurs", "une", "#1d4e89", "deux", "f2b84b");
        post(
                link + "/quartiers-thematiques",
                "themes",
                "Culture\nSport",
                "districts",
                "Centre",
                "policy-NEWS",
                "SINGLE",
                "policy-EVENT",
                "FOUR_EYES",
                "policy-PRACTICAL",
                "FOUR_EYES");
        Matcher key = KEY.matcher(post(link + "/cle/nouvelle").body());
        assertThat(key.find()).isTrue();
        assertThat(post(link + "/cle", "typed", key.group().toLowerCase()).uri().getPath())
                .endsWith("/administrateur");
    }

    HttpResponse<String> finish(String password) throws IOException, InterruptedException {
        return post(link + "/administrateur", "name", "Inès Vidal", "email", "ines@lesulis.fr", "password", password);
    }
}
