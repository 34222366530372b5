package fr.tambour.people;

import fr.tambour.testing.TambourServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser as the server sees one: keeps cookies, sends back the token of the page it last saw, follows nothing by
 * itself.
 */
public final class StudioClient {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient http;
    private final String base;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String token = "";

    /** @param slug of the town whose studio it opens */
    public StudioClient(TambourServer server, String slug) {
        this(server.url(slug, ""));
    }

    /** @param base where the town's studio is, without a path */
    public StudioClient(URI base) {
        // The server as a proxy of itself: names below localhost need no resolver then.
        this.http = HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", base.getPort())))
                .build();
        this.base = base.toString();
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** @param fields name, value, name, value */
    public HttpResponse<String> post(String path, String... fields) {
        List<String> pairs = new ArrayList<>(List.of(fields));
        pairs.addAll(List.of("_csrf", token));
        return postBare(path, pairs.toArray(String[]::new));
    }

    /** Without the page's token. */
    public HttpResponse<String> postBare(String path, String... fields) {
        List<String> form = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            form.add(encoded(fields[i]) + "=" + encoded(fields[i + 1]));
        }
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(String.join("&", form))));
    }

    /** A file called `upload` with the page's token and fields, as a form with a file in it is sent. */
    public HttpResponse<String> upload(String path, byte[] file, String... fields) {
        List<String> pairs = new ArrayList<>(List.of(fields));
        pairs.addAll(List.of("_csrf", token));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < pairs.size(); i += 2) {
            body.writeBytes(part("name=\"" + pairs.get(i) + "\"\r\n\r\n" + pairs.get(i + 1)));
        }
        body.writeBytes(part("name=\"upload\"; filename=\"photo\"\r\nContent-Type: image/png\r\n\r\n"));
        body.writeBytes(file);
        body.writeBytes("\r\n--tambour--\r\n".getBytes(StandardCharsets.UTF_8));
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=tambour")
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private static byte[] part(String rest) {
        return ("\r\n--tambour\r\nContent-Disposition: form-data; " + rest).getBytes(StandardCharsets.UTF_8);
    }

    /** As a program with a token. */
    public HttpResponse<String> bearer(String path, String secret) {
        return send(request(path).header("Authorization", "Bearer " + secret).GET());
    }

    public HttpResponse<String> signIn(String email, String password) {
        get("/studio/connexion");
        return post("/studio/connexion", "email", email, "password", password);
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0")
                .header("Accept-Language", "fr");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            for (String cookie : response.headers().allValues("Set-Cookie")) {
                String[] pair = cookie.split(";", 2)[0].split("=", 2);
                if (pair[1].isEmpty()) {
                    cookies.remove(pair[0]);
                } else {
                    cookies.put(pair[0], pair[1]);
                }
            }
            Matcher field = TOKEN.matcher(response.body());
            if (field.find()) {
                token = field.group(1);
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
