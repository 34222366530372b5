package fr.tambour.live;

import fr.tambour.testing.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An event stream as a browser reads it, by the JDK's client. */
public final class OpenPage implements AutoCloseable {

    private static final Pattern STEP = Pattern.compile("\"step\":\"([a-z]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> answer;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile String lastId = "";
    private volatile boolean ended;
    private volatile int retry;

    /** @param name {@code notice}, {@code reload}; {@code beat}; of the end {@code end} */
    public record Event(String id, String name, String data) {

        public long counter() {
            return Long.parseLong(id);
        }

        public String step() {
            Matcher step = STEP.matcher(data);
            return step.find() ? step.group(1) : "";
        }
    }

    /** Opened and answered. */
    public static OpenPage at(URI stream, @Nullable String lastEventId) {
        return new OpenPage(stream, lastEventId);
    }

    private OpenPage(URI stream, @Nullable String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(stream).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new IllegalStateException("No stream at " + stream, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    public HttpResponse<InputStream> answer() {
        return answer;
    }

    private void read() {
        String name = "";
        String data = "";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        events.add(new Event(lastId, name, data));
                    }
                    name = "";
                    data = "";
                } else if (line.startsWith("retry: ")) {
                    retry = Integer.parseInt(line.substring(7));
                } else if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                }
            }
        } catch (IOException e) {
            // As when the line breaks: the end, for a browser.
        }
        ended = true;
        events.add(new Event(lastId, "end", ""));
    }

    /** The next event, heartbeats and the end included. */
    public Event next() {
        try {
            Event event = events.poll(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new AssertionError("Nothing came after " + lastId);
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The next that is no heartbeat. */
    public Event nextNews() {
        Event event = next();
        while (event.name().equals("beat")) {
            event = next();
        }
        return event;
    }

    /** How long to wait before coming again, in milliseconds; 0 until it was said. */
    public int retry() {
        return retry;
    }

    public boolean hasEnded() {
        return ended;
    }

    /** What a browser would send when it comes again. */
    public String lastId() {
        return lastId;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
