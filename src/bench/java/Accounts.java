import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public account of a notice: for the benches beside it. */
final class Accounts {

    private static final long PATIENCE_S = 600;

    private Accounts() {}

    /** What is said of one channel, as JSON, once it is so. */
    static String settled(HttpClient http, String base, String id, String channel, Predicate<String> done)
            throws IOException, InterruptedException {
        Instant patience = Instant.now().plusSeconds(PATIENCE_S);
        Pattern channels = Pattern.compile("\\{[^{}]*\"channel\" *: *\"" + channel + "\"[^{}]*\\}");
        HttpRequest ask = HttpRequest.newBuilder(URI.create(base + "/avis/" + id + "/bilan.json"))
                .build();
        while (true) {
            // What it answers is measured by the account itself; asking takes from what is measured.
            Thread.sleep(500);
            String body = http.send(ask, HttpResponse.BodyHandlers.ofString()).body();
            Matcher said = channels.matcher(body);
            if (said.find() && done.test(said.group())) {
                return said.group();
            }
            if (Instant.now().isAfter(patience)) {
                throw new IllegalStateException("Not all were told or stopped: " + body);
            }
        }
    }

    /** The value of a field. */
    static String text(String json, String field) {
        Matcher value = Pattern.compile("\"" + field + "\" *: *\"?([^\",}]+)").matcher(json);
        if (!value.find()) {
            throw new IllegalStateException("No " + field + " in " + json);
        }
        return value.group(1).strip();
    }
}
