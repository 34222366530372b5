import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The clients of the benches, in a process of their own. The last line is the figure.
 *
 * <pre>
 * java src/bench/java/Ask.java visible TIMES BASE AUTHOR APPROVER
 * java src/bench/java/Ask.java publish TIMES SMALL AUTHOR APPROVER BIG AUTHOR APPROVER
 * java src/bench/java/Ask.java pages TIMES SMALL BIG MAIL PASSWORD
 * </pre>
 */
final class Ask {

    /** Rounds before those that count, at most. */
    private static final int WARM = 30;

    /** A page with this many times the characters shows more, and is another page. */
    private static final double SAME_SIZE = 1.5;

    private static final List<String> FIXED = List.of(
            "/",
            "/actualites",
            "/pratique",
            "/agenda",
            "/archives",
            "/flux",
            "/flux/avis.rss",
            "/flux/avis.atom",
            "/flux/avis.json",
            "/agenda.ics",
            "/a-propos",
            "/accessibilite",
            "/mentions-legales",
            "/donnees-personnelles",
            "/studio",
            "/studio/avis",
            "/studio/avis?nature=NEWS",
            "/studio/avis?etat=en-ligne",
            "/studio/avis?etat=brouillons",
            // A word of all notices: both towns show a full page.
            "/studio/avis?q=clairval",
            "/studio/avis/nouveau",
            "/studio/urgence",
            "/studio/equipe",
            "/studio/ville",
            "/studio/jetons",
            "/studio/journal");

    private Ask() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int times = Integer.parseInt(arguments[1]);
        switch (arguments[0]) {
            case "visible" -> visible(times, new Desk(arguments[2], arguments[3], arguments[4]));
            case "publish" ->
                publish(
                        times,
                        new Desk(arguments[2], arguments[3], arguments[4]),
                        new Desk(arguments[5], arguments[6], arguments[7]));
            case "pages" -> pages(times, arguments[2], arguments[3], arguments[4], arguments[5]);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Percent of the publications that another open connection's very next request showed. */
    private static void visible(int times, Desk desk) throws IOException, InterruptedException {
        int seen = 0;
        try (HttpClient reader = HttpClient.newHttpClient()) {
            HttpRequest news = HttpRequest.newBuilder(URI.create(desk.base + "/actualites"))
                    .build();
            for (int number = 1; number <= times; number++) {
                String title = "Mesure " + System.nanoTime();
                String approval = desk.submitted(title);
                // The reader's connection is open and has the page as it was.
                reader.send(news, HttpResponse.BodyHandlers.ofString());
                desk.release(approval);
                String page =
                        reader.send(news, HttpResponse.BodyHandlers.ofString()).body();
                seen += page.contains(title) ? 1 : 0;
            }
        }
        System.out.printf(Locale.ROOT, "%.1f%n", 100.0 * seen / times);
    }

    /** How many times as long the publishing request takes in the big town. */
    private static void publish(int times, Desk small, Desk big) throws IOException, InterruptedException {
        List<Long> inSmall = new ArrayList<>();
        List<Long> inBig = new ArrayList<>();
        for (int number = -Math.min(WARM, times); number < times; number++) {
            long one = timedRelease(small);
            long other = timedRelease(big);
            if (number >= 0) {
                inSmall.add(one);
                inBig.add(other);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "median of a publication: %.2f ms in the small archive, %.2f ms in the big one%n",
                at(inSmall, 0.5) / 1e6,
                at(inBig, 0.5) / 1e6);
        System.out.printf(Locale.ROOT, "%.2f%n", (double) at(inBig, 0.5) / at(inSmall, 0.5));
    }

    private static long timedRelease(Desk desk) throws IOException, InterruptedException {
        String approval = desk.submitted("Mesure " + System.nanoTime());
        long began = System.nanoTime();
        desk.release(approval);
        return System.nanoTime() - began;
    }

    /** The worst page's p95 in the big town as a multiple of the same page's in the small one. */
    private static void pages(int times, String small, String big, String mail, String password)
            throws IOException, InterruptedException {
        Reader one = Reader.signedIn(small, mail, password);
        Reader other = Reader.signedIn(big, mail, password);
        double worst = 0;
        Map<String, String> inTheBig = other.pages();
        for (var page : one.pages().entrySet()) {
            String there = inTheBig.get(page.getKey());
            if (there == null) {
                throw new IllegalStateException("The big town has no such page: " + page);
            }
            List<Long> inSmall = new ArrayList<>();
            List<Long> inBig = new ArrayList<>();
            int smallSize = 0;
            int bigSize = 0;
            for (int number = -Math.min(WARM, times); number < times; number++) {
                long began = System.nanoTime();
                smallSize = one.get(made(page.getValue())).length();
                long between = System.nanoTime();
                bigSize = other.get(made(there)).length();
                long ended = System.nanoTime();
                if (number >= 0) {
                    inSmall.add(between - began);
                    inBig.add(ended - between);
                }
            }
            double ratio = (double) at(inBig, 0.95) / at(inSmall, 0.95);
            System.out.printf(
                    Locale.ROOT,
                    "%-40s p95 %7.2f ms and %7.2f ms: %.2f times; %d and %d characters%s%n",
                    page.getKey(),
                    at(inSmall, 0.95) / 1e6,
                    at(inBig, 0.95) / 1e6,
                    ratio,
                    smallSize,
                    bigSize,
                    bigSize <= smallSize * SAME_SIZE ? "" : ", not compared");
            // Asked for is the same page, not a page with more on it.
            if (bigSize <= smallSize * SAME_SIZE) {
                worst = Math.max(worst, ratio);
            }
        }
        System.out.printf(Locale.ROOT, "%.2f%n", worst);
    }

    /** What is in memory costs the same in every town: with a query the page is made for the one who asks. */
    private static String made(String path) {
        return path.startsWith("/studio") || path.contains("?") ? path : path + "?mesure";
    }

    private static long at(List<Long> values, double share) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }

    /** A browser with a signed-in person. */
    private record Reader(HttpClient http, String base) {

        static Reader signedIn(String base, String mail, String password) throws IOException, InterruptedException {
            Reader reader = new Reader(
                    HttpClient.newBuilder().cookieHandler(new CookieManager()).build(), base);
            Matcher field = Pattern.compile("<input type=\"hidden\" name=\"(_csrf)\" value=\"([^\"]+)\"")
                    .matcher(reader.get("/studio/connexion"));
            if (!field.find()) {
                throw new IllegalStateException("The sign-in page has no CSRF field");
            }
            String form = field.group(1) + "=" + encoded(field.group(2)) + "&suite=&email=" + encoded(mail)
                    + "&password=" + encoded(password);
            reader.http.send(
                    HttpRequest.newBuilder(URI.create(base + "/studio/connexion"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Origin", base)
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            reader.get("/studio");
            return reader;
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        String get(String path) throws IOException, InterruptedException {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(base + path)).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + response.statusCode());
            }
            return response.body();
        }

        /** Each kind of page once, by what it is: the address that it has in this town. */
        Map<String, String> pages() throws IOException, InterruptedException {
            Map<String, String> pages = new LinkedHashMap<>();
            for (String page : FIXED) {
                pages.put(page, page);
            }
            String home = get("/");
            add(pages, "a theme", "/thematiques/[a-z0-9-]+", home);
            add(pages, "a district", "/quartiers/[a-z0-9-]+", home);
            add(pages, "a notice", "/avis/[a-z0-9]{13}/[a-z0-9-]+", home);
            add(pages, "a month's archive", "/archives/[0-9]{4}/[0-9]{2}", get("/archives"));
            String list = get("/studio/avis");
            add(pages, "a notice at the desk", "/studio/avis/[a-z0-9]{13}", list);
            add(pages, "the desk's second page", "/studio/avis\\?apres=[^\"]+", list);
            return pages;
        }

        private static void add(Map<String, String> pages, String what, String pattern, String page) {
            Matcher found = Pattern.compile("href=\"(?:https?://[^/\"]+)?(" + pattern + ")\"")
                    .matcher(page);
            if (found.find()) {
                pages.put(what, found.group(1));
            }
        }
    }
}
