package fr.tambour.phone;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One Firefox that is connected, with all its subscriptions, and what it and Mozilla's autopush say to each other: JSON
 * over a web socket.
 */
final class FirefoxSocket {

    static final String PROTOCOL = "push-notification";

    private static final int DELIVERED = 100;

    private final ServerWebSocket socket;
    private final PushService service;
    private final Set<String> names;
    private final Map<String, Promise<Integer>> awaited = new ConcurrentHashMap<>();
    private final List<Integer> acknowledged = new CopyOnWriteArrayList<>();
    private String name = "";

    /** @param names that were given to Firefoxes and still hold, of all sockets */
    FirefoxSocket(ServerWebSocket socket, PushService service, Set<String> names) {
        this.socket = socket;
        this.service = service;
        this.names = names;
        socket.textMessageHandler(this::said);
    }

    List<Integer> acknowledged() {
        return acknowledged;
    }

    /** It is given another name when it comes back: from that it knows that its subscriptions are no more. */
    void forget() {
        names.remove(name);
        socket.close();
    }

    private void said(String text) {
        JsonNode message = JsonMapper.shared().readTree(text);
        switch (message.path("messageType").asString("ping")) {
            case "hello" -> hello(message);
            case "register" -> register(message);
            case "unregister" -> unregister(message);
            case "ack" -> message.path("updates").forEach(this::answered);
            case "ping" -> socket.writeTextMessage("{}");
            default -> {
                // Nothing is answered to `nack` and `broadcast_subscribe`.
            }
        }
    }

    private void hello(JsonNode message) {
        String before = message.path("uaid").asString("");
        name = names.contains(before) ? before : UUID.randomUUID().toString().replace("-", "");
        names.add(name);
        say("hello", Map.of("status", 200, "uaid", name, "use_webpush", true, "broadcasts", Map.of()));
    }

    private void register(JsonNode message) {
        String channel = message.path("channelID").asString();
        // Padded, since Mozilla's service wants it so.
        String key = message.path("key").asString("").replace("=", "");
        URI address = service.address(channel, key.isEmpty() ? null : key, pushed -> push(channel, pushed));
        say("register", Map.of("status", 200, "channelID", channel, "pushEndpoint", address.toString()));
    }

    private void unregister(JsonNode message) {
        String channel = message.path("channelID").asString();
        service.end(channel);
        say("unregister", Map.of("status", 200, "channelID", channel));
    }

    /** The sender waits until Firefox has answered, so that it learns what became of its message. */
    private Future<Integer> push(String channel, PushService.Message message) {
        String version = UUID.randomUUID().toString();
        Promise<Integer> answer = Promise.promise();
        awaited.put(version, answer);
        say(
                "notification",
                Map.of(
                        "channelID",
                        channel,
                        "version",
                        version,
                        "data",
                        Base64.getUrlEncoder().withoutPadding().encodeToString(message.body()),
                        "headers",
                        Map.of("encoding", message.header("content-encoding"))));
        return answer.future();
    }

    private void answered(JsonNode update) {
        int code = update.path("code").asInt(0);
        acknowledged.add(code);
        Promise<Integer> answer = awaited.remove(update.path("version").asString());
        if (answer != null) {
            answer.complete(code == DELIVERED ? 201 : 400);
        }
    }

    private void say(String type, Map<String, ?> fields) {
        Map<String, Object> message = new LinkedHashMap<>(fields);
        message.put("messageType", type);
        socket.writeTextMessage(JsonMapper.shared().writeValueAsString(message));
    }
}
