import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An author's and an approver's program: for the benches beside it. */
final class Desk {

    private final HttpClient http = HttpClient.newHttpClient();
    /** The site's address. */
    final String base;

    private final String author;
    private final String approver;

    Desk(String base, String author, String approver) {
        this.base = base;
        this.author = author;
        this.approver = approver;
    }

    /** A notice that only waits to be approved: the path of its approval. */
    String submitted(String title) throws IOException, InterruptedException {
        String notice = post(author, "/api/v1/notices", """
                {"content": {"kind": "news", "words": {"fr": {"title": "%s", "summary": "Un résumé.", "body": "Un texte."}}}}""".formatted(title));
        Matcher id = Pattern.compile("\"id\" *: *\"([^\"]+)\"").matcher(notice);
        if (!id.find()) {
            throw new IllegalStateException(notice);
        }
        String path = "/api/v1/notices/" + id.group(1);
        post(author, path + "/submission", "{\"version\": 1}");
        return path + "/approval";
    }

    /** Published at once: its id. */
    String published(String title) throws IOException, InterruptedException {
        String approval = submitted(title);
        release(approval);
        return approval.split("/")[4];
    }

    void release(String approval) throws IOException, InterruptedException {
        post(approver, approval, "{\"revision\": 1, \"release\": {\"when\": \"now\"}}");
    }

    private String post(String token, String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
