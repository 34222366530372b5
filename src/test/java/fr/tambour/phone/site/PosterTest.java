package fr.tambour.phone.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.sun.net.httpserver.HttpServer;
import fr.tambour.testing.Generated;
import fr.tambour.town.Profile;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.TownStyle;
import fr.tambour.town.Towns;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** The poster on paper: everybody can read it, whoever looks at it, listens to it or points a camera at it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PosterTest {

    private static final Set<String> PRINTING = Set.of("PosterPress", "LineBreaks", "NoOtherFonts");

    private final PhoneTown town = new PhoneTown();

    @AfterAll
    void stop() {
        town.close();
    }

    private Town called(TownStyle style, String name, boolean demonstration) {
        Profile plain = town.town().profile();
        return new Town(
                new TownId(77),
                "essai",
                town.town().origin(),
                new Profile(
                        name,
                        style,
                        plain.postalCode(),
                        plain.population(),
                        plain.baseUrl(),
                        plain.hosts(),
                        plain.languages(),
                        plain.zone(),
                        plain.colours(),
                        null,
                        plain.director(),
                        plain.contact()),
                demonstration,
                name.length());
    }

    private byte[] poster(Town of) {
        return town.server().bean(Posters.class).of(of, Locale.FRENCH);
    }

    private byte[] fetched(String path) throws Exception {
        HttpResponse<byte[]> answer = town.bytes(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
        return answer.body();
    }

    /** By a validator that everybody uses, against ISO 14289-1. */
    private static List<String> faults(byte[] pdf) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        try (InputStream bytes = new ByteArrayInputStream(pdf);
                PDFAParser parser = Foundries.defaultInstance().createParser(bytes, PDFAFlavour.PDFUA_1)) {
            return Foundries.defaultInstance()
                    .createValidator(PDFAFlavour.PDFUA_1, false)
                    .validate(parser)
                    .getTestAssertions()
                    .stream()
                    .filter(assertion -> assertion.getStatus() == TestAssertion.Status.FAILED)
                    .map(assertion -> assertion.getRuleId().getClause() + "-"
                            + assertion.getRuleId().getTestNumber() + ": " + assertion.getMessage())
                    .distinct()
                    .toList();
        }
    }

    private static String scanned(PDDocument document) throws Exception {
        BufferedImage image = new PDFRenderer(document).renderImageWithDPI(0, 100);
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return new MultiFormatReader()
                .decode(
                        new BinaryBitmap(new HybridBinarizer(
                                new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels))),
                        Map.of(DecodeHintType.TRY_HARDER, true))
                .getText();
    }

    private static List<PDFont> fonts(PDDocument document) {
        PDResources resources = document.getPage(0).getResources();
        return StreamSupport.stream(resources.getFontNames().spliterator(), false)
                .map(name -> {
                    try {
                        return resources.getFont(name);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @Test
    void itIsOneSheetOfTaggedPdfWithATitleALanguageAndItsFaces() throws Exception {
        try (PDDocument document = Loader.loadPDF(fetched("/prevenir/affiche.pdf"))) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(document.getPage(0).getMediaBox().getWidth()).isBetween(594f, 596f);
            assertThat(document.getPage(0).getMediaBox().getHeight()).isBetween(841f, 843f);
            assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Clairval\u00a0: soyez prévenu");
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("fr");
            assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(document.getDocumentCatalog().getViewerPreferences().displayDocTitle())
                    .isTrue();
            assertThat(fonts(document))
                    .allMatch(PDFont::isEmbedded)
                    .extracting(PDFont::getName)
                    .hasSize(2)
                    .allMatch(name -> name.contains("Tambour"));
        }
    }

    @Test
    void itKeepsToTheStandardForEverybody() throws Exception {
        assertThat(faults(fetched("/prevenir/affiche.pdf"))).isEmpty();
        assertThat(faults(fetched("/en/prevenir/affiche.pdf"))).isEmpty();
    }

    @Test
    void itIsReadOutInTheOrderInWhichOneLooksAtIt() throws Exception {
        try (PDDocument document = Loader.loadPDF(fetched("/prevenir/affiche.pdf"))) {
            ReadOut read = ReadOut.of(document);
            assertThat(read.text())
                    .isEqualTo("Ville de Clairval"
                            + " Soyez prévenu"
                            + " Crue, coupure d’eau, rue barrée, fête du quartier : les avis officiels arrivent sur votre téléphone."
                            + " [Code QR qui mène à clairval.example/prevenir]"
                            + " 1. Visez ce code avec l’appareil photo."
                            + " 2. Touchez « Être prévenu sur cet appareil »."
                            + " 3. Répondez « Autoriser »."
                            + " Ou tapez : clairval.example/prevenir"
                            + " Sans compte, sans nom, sans numéro. Vous arrêtez quand vous voulez.");
            assertThat(read.kinds()).contains("H1", "P", "Figure", "L", "LI", "Link");
        }
    }

    @Test
    void itsCodeLeadsToThePageInItsLanguage() throws Exception {
        try (PDDocument document = Loader.loadPDF(fetched("/prevenir/affiche.pdf"))) {
            assertThat(scanned(document)).isEqualTo("https://clairval.example/prevenir");
        }
        try (PDDocument document = Loader.loadPDF(fetched("/en/prevenir/affiche.pdf"))) {
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("en");
            assertThat(ReadOut.of(document).text()).contains("Be told", "Point the camera at this code.");
            assertThat(scanned(document)).isEqualTo("https://clairval.example/en/prevenir");
        }
    }

    @Test
    void theLongestNamesStayOnOneSheet() throws Exception {
        for (Town longest : List.of(
                called(TownStyle.VILLE, "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson", false),
                called(
                        TownStyle.COMMUNAUTE_D_AGGLOMERATION,
                        "de Saint-Dizier, Der et Blaise et des Coteaux du Lauragais-Revel-Sorézois",
                        false))) {
            byte[] pdf = poster(longest);
            try (PDDocument document = Loader.loadPDF(pdf)) {
                assertThat(document.getNumberOfPages()).as(longest.name()).isEqualTo(1);
                assertThat(scanned(document)).isEqualTo("https://clairval.example/prevenir");
            }
            assertThat(faults(pdf)).isEmpty();
        }
    }

    @Test
    void aLongNameIsTwoLinesThatAreAboutAsLongAsEachOther() {
        assertThat(PosterName.of("Clairval")).isEqualTo(new PosterName("large", List.of("Clairval")));
        assertThat(PosterName.of("Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson"))
                .isEqualTo(new PosterName("middle", List.of("Saint-Remy-en-Bouzemont-", "Saint-Genest-et-Isson")));
        assertThat(PosterName.of("L".repeat(60))).isEqualTo(new PosterName("smallest", List.of("L".repeat(60))));
    }

    @Test
    void aNameIsSpeltWithTheLettersThatTheFacesHave() {
        assertThat(PosterName.of("L’Haÿ-les-Œillets").lines()).containsExactly("L’Haÿ-les-Œillets");
        assertThat(PosterName.of("Fa\u02bba\u02bb\u0101").lines()).containsExactly("Fa’a’a");
    }

    @Test
    void noLineEndsBehindAnApostropheOrBeforeAMark() {
        LineBreaks breaks = new LineBreaks();
        String text = "Visez avec l’appareil\u00a0: là, puis-je";
        breaks.setText(text);
        List<String> parts = new ArrayList<>();
        for (int from = 0, to = breaks.next(); to >= 0; from = to, to = breaks.next()) {
            parts.add(text.substring(from, to));
        }
        assertThat(parts).containsExactly("Visez ", "avec ", "l’appareil\u00a0: ", "là, ", "puis-", "je");
    }

    @Test
    void thatOfADemonstrationSaysThatItIsNone() throws Exception {
        try (PDDocument document = Loader.loadPDF(poster(called(TownStyle.VILLE, "Port-Imaginaire", true)))) {
            assertThat(ReadOut.of(document).text()).contains("Démonstration : cette ville n’existe pas");
        }
    }

    @Test
    void itIsMadeOnceForAsLongAsTheTownLooksTheSame() throws Exception {
        byte[] first = fetched("/prevenir/affiche.pdf");
        assertThat(IntStream.range(0, 8).parallel().mapToObj(i -> {
                    try {
                        return fetched("/prevenir/affiche.pdf");
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }))
                .allSatisfy(again -> assertThat(again).isEqualTo(first));

        Towns towns = town.server().bean(Towns.class);
        Town now = towns.get(town.town().id());
        town.written(() -> towns.change(now.id(), now.version(), TestTowns.speaking(now.profile(), List.of("fr"))));
        assertThat(fetched("/prevenir/affiche.pdf")).isNotEqualTo(first);
    }

    @Test
    void itIsOfferedOnTheInvitationsPage() throws Exception {
        assertThat(town.get("/prevenir/affiche").body()).contains("href=\"/prevenir/affiche.pdf\"");
        assertThat(town.get("/en/prevenir/affiche").body()).contains("href=\"/en/prevenir/affiche.pdf\"");
        assertThat(town.get("/prevenir").body()).contains("href=\"/prevenir/affiche\"");
        assertThat(town.bytes("/prevenir/affiche.pdf").headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(said -> assertThat(said).contains("affiche-clairval.pdf"));
    }

    @Test
    void whatPrintsAsksForNothing() throws Exception {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String there = "http://127.0.0.1:" + server.getAddress().getPort();
            byte[] pdf = PosterPress.print("""
                    <!DOCTYPE html SYSTEM "THERE/a.dtd">
                    <html lang="fr"><head><title>Essai</title><link rel="stylesheet" href="THERE/b.css" />
                    <style>@import url("THERE/c.css"); @font-face { font-family: X; src: url("THERE/d.ttf") }
                    body { font-family: X, "Atkinson Tambour"; background: url("THERE/e.png") }</style></head>
                    <body><p>Rien ne part.</p><img src="THERE/f.png" alt="x" /><img src="file:///etc/hostname" alt="y" />
                    <a href="THERE/g">Ailleurs</a></body></html>""".replace("THERE", there));
            try (PDDocument document = Loader.loadPDF(pdf)) {
                assertThat(ReadOut.of(document).text()).contains("Rien ne part.");
            }
        } finally {
            server.stop(0);
        }
        assertThat(asked).isEmpty();
    }

    /** A start loads the beans' classes and looks through their methods, and this shows what that alone brings in. */
    @Test
    void nothingOfWhatPrintsIsLoadedBeforeItPrints() throws Exception {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        ClassLoader outer = PosterTest.class.getClassLoader();
        ClassLoader watched = new ClassLoader(outer) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                synchronized (getClassLoadingLock(name)) {
                    asked.add(name);
                    if (!name.startsWith("fr.tambour.phone.site.")) {
                        return super.loadClass(name, resolve);
                    }
                    Class<?> known = findLoadedClass(name);
                    if (known != null) {
                        return known;
                    }
                    try (InputStream in = outer.getResourceAsStream(name.replace('.', '/') + ".class")) {
                        if (in == null) {
                            throw new ClassNotFoundException(name);
                        }
                        byte[] bytes = in.readAllBytes();
                        return defineClass(name, bytes, 0, bytes.length);
                    } catch (IOException e) {
                        throw new ClassNotFoundException(name, e);
                    }
                }
            }
        };
        for (String source : Generated.paths("src/main/java/fr/tambour/phone/site", ".java")) {
            String name = source.replace(".java", "");
            if (!PRINTING.contains(name) && !name.equals("package-info")) {
                Class<?> loaded = Class.forName("fr.tambour.phone.site." + name, true, watched);
                assertThat(loaded.getDeclaredMethods()).isNotNull();
                assertThat(loaded.getDeclaredConstructors()).isNotNull();
            }
        }
        assertThat(asked)
                .contains("fr.tambour.phone.site.Posters")
                .noneMatch(name -> name.startsWith("com.openhtmltopdf.")
                        || name.startsWith("org.apache.pdfbox.")
                        || PRINTING.contains(name.replace("fr.tambour.phone.site.", "")));
    }
}
