package fr.tambour.fediverse.internal;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundClient;
import fr.tambour.outbound.OutboundRequest;
import fr.tambour.town.Town;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks another server what it knows of an account (RFC 7033), through redirects. */
@Component
class WebFinger {

    private static final String PATH = "/.well-known/webfinger?resource=";
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_HOPS = 2;

    private final OutboundClient client;

    WebFinger(OutboundClient client) {
        this.client = client;
    }

    /**
     * What it says; empty where it says nothing that could be read. Never fails.
     *
     * @param authority host, with its port where it has one
     * @param resource {@code acct:somebody@somewhere}
     */
    CompletableFuture<Optional<ObjectNode>> ask(Town town, String authority, String resource) {
        CompletableFuture<Optional<ObjectNode>> told = new CompletableFuture<>();
        if (!client.callsLoopback() && authority.contains(":")) {
            // Nobody's server has accounts elsewhere than where HTTPS is; whoever names a port looks for something
            // else.
            return CompletableFuture.completedFuture(Optional.empty());
        }
        String asked = PATH + URLEncoder.encode(resource, StandardCharsets.UTF_8);
        ask(town, StrangeJson.address(scheme(authority) + "://" + authority + asked), MOST_HOPS, told);
        return told;
    }

    /** Without TLS only where tests are. */
    private String scheme(String authority) {
        return client.callsLoopback() && Loopback.is(URI.create("https://" + authority)) ? "http" : "https";
    }

    private void ask(Town town, Optional<URI> address, int hops, CompletableFuture<Optional<ObjectNode>> told) {
        if (address.isEmpty() || town.demonstration() && !Loopback.is(address.get())) {
            told.complete(Optional.empty());
            return;
        }
        Map<String, String> headers = Map.of("accept", "application/jrd+json, application/json");
        client.send(OutboundRequest.get(address.get(), headers, MOST_BYTES), answer -> {
            if (!(answer instanceof OutboundAnswer.Answered answered)) {
                told.complete(Optional.empty());
                return;
            }
            Optional<URI> next = answered.header("location")
                    .filter(location -> hops > 0 && answered.redirects())
                    .flatMap(location -> StrangeJson.resolved(address.get(), location));
            if (next.isPresent()) {
                ask(town, next, hops - 1, told);
            } else {
                told.complete(answered.status() == 200 ? StrangeJson.read(answered.body()) : Optional.empty());
            }
        });
    }

    /** Its links of one relation. */
    static Stream<JsonNode> links(ObjectNode document, String relation) {
        return StrangeJson.each(document.path("links")).stream()
                .filter(link -> StrangeJson.text(link, "rel").equals(relation));
    }
}
