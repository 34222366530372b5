package fr.tambour.phone.internal;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends nothing: keeps what would have been sent, and says that the service took it. */
@Primary
public class CaughtPushes implements Push {

    private final List<Caught> caught = new CopyOnWriteArrayList<>();

    public record Caught(VapidKey vapid, URI endpoint, PushMessage message) {

        public JsonNode notification() {
            return JsonMapper.shared().readTree(message.payload()).get("notification");
        }
    }

    @Override
    public void send(VapidKey vapid, PushEndpoint endpoint, PushMessage message, Consumer<PushAnswer> answer) {
        caught.add(new Caught(vapid, endpoint.address(), message));
        answer.accept(new PushAnswer.Accepted());
    }

    public List<Caught> to(String endpoint) {
        return caught.stream()
                .filter(one -> one.endpoint().toString().equals(endpoint))
                .toList();
    }

    public int count() {
        return caught.size();
    }

    /** The token last sent to an endpoint. */
    public String token(String endpoint) {
        return to(endpoint).getLast().notification().at("/data/confirm").asString();
    }
}
