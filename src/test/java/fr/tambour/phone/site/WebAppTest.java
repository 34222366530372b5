package fr.tambour.phone.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The site as an app: what systems read of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebAppTest {

    private final PhoneTown town = new PhoneTown();

    @AfterAll
    void stop() {
        town.close();
    }

    @Test
    void eachTownIsAnAppOfItsOwnInTheLanguageOfThePage() throws Exception {
        assertThat(town.get("/").body()).contains("<link rel=\"manifest\" href=\"/manifest.webmanifest\">");
        HttpResponse<String> french = town.get("/manifest.webmanifest");
        assertThat(french.headers().firstValue("Content-Type")).hasValue("application/manifest+json");
        JsonNode manifest = PhoneTown.json(french);
        assertThat(manifest.get("name").asString()).isEqualTo("Ville de Clairval");
        assertThat(manifest.get("start_url").asString()).isEqualTo("/");
        assertThat(manifest.get("scope").asString()).isEqualTo("/");
        assertThat(manifest.get("display").asString()).isEqualTo("standalone");
        assertThat(PhoneTown.json(town.get("/en/manifest.webmanifest"))
                        .get("start_url")
                        .asString())
                .isEqualTo("/en");
        for (JsonNode icon : manifest.get("icons")) {
            HttpResponse<byte[]> file = town.bytes(icon.get("src").asString());
            assertThat(file.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file.body()));
            assertThat(picture.getWidth() + "x" + picture.getHeight())
                    .isEqualTo(icon.get("sizes").asString());
        }
    }

    @ParameterizedTest
    @CsvSource({"180, true", "192, false", "512, false", "maskable, true", "badge, false"})
    void anIconIsDrawnAndReachesItsEdgeOnlyWhereASystemCutsIt(String name, boolean ground) throws Exception {
        BufferedImage icon = ImageIO.read(
                new ByteArrayInputStream(town.bytes("/icones/" + name + ".png").body()));
        assertThat(new Color(icon.getRGB(0, 0), true).getAlpha()).isEqualTo(ground ? 255 : 0);
        long colours = Arrays.stream(icon.getRGB(0, 0, icon.getWidth(), icon.getHeight(), null, 0, icon.getWidth()))
                .distinct()
                .count();
        assertThat(colours).isGreaterThan(name.equals("badge") ? 10 : 50);
    }

    @Test
    void theWorkerStandsAtOneAddressAndIsAskedForAnew() throws Exception {
        HttpResponse<String> worker = town.get("/sw.js");
        assertThat(worker.headers().firstValue("Content-Type")).hasValue("text/javascript;charset=UTF-8");
        assertThat(worker.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(worker.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("connect-src 'self'");
        assertThat(worker.body()).contains("showNotification").doesNotContain("import ");
    }

    @Test
    void thePosterLeadsToThePageByItsCode() throws Exception {
        String page = town.get("/prevenir/affiche").body();
        Matcher code = Pattern.compile(
                        "viewBox=\"0 0 (\\d+) \\d+\"[^>]*shape-rendering[^>]*>.*?<path d=\"([^\"]+)\"", Pattern.DOTALL)
                .matcher(page);
        assertThat(code.find()).isTrue();

        assertThat(read(Integer.parseInt(code.group(1)), code.group(2))).isEqualTo("https://clairval.example/prevenir");
        assertThat(page).contains("clairval.example/prevenir");
    }

    /** By the library's reader, from the drawing. */
    private static String read(int size, String path) throws Exception {
        int scale = 8;
        int[] pixels = new int[size * scale * size * scale];
        Arrays.fill(pixels, 0xffffff);
        Matcher step = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\d+z").matcher(path);
        while (step.find()) {
            int x = Integer.parseInt(step.group(1)) * scale;
            int y = Integer.parseInt(step.group(2)) * scale;
            int width = Integer.parseInt(step.group(3)) * scale;
            for (int row = y; row < y + scale; row++) {
                Arrays.fill(pixels, row * size * scale + x, row * size * scale + x + width, 0);
            }
        }
        return new QRCodeReader()
                .decode(new BinaryBitmap(
                        new HybridBinarizer(new RGBLuminanceSource(size * scale, size * scale, pixels))))
                .getText();
    }

    @Test
    void whatIsKeptAboutAPhoneAndWhoSeesItStandsOnThePrivacyPage() throws Exception {
        assertThat(town.get("/donnees-personnelles").body()).contains("Google", "Apple", "Mozilla", "Microsoft");
        assertThat(town.get("/prevenir").body()).contains("Google, Apple, Mozilla");
        assertThat(town.get("/sitemap.xml?pages").body()).contains("/prevenir<");
    }
}
