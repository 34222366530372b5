package fr.tambour.fediverse.internal;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a document says of an account. Nothing that it says of itself is believed beyond the host that it came from. */
sealed interface ActorReading {

    record Found(RemoteActor actor) implements ActorReading {}

    /** It speaks of what stands there, on the same host. */
    record Elsewhere(URI address) implements ActorReading {}

    record None(String reason) implements ActorReading {}

    Set<String> TYPES = Set.of("Person", "Service", "Group", "Organization", "Application");
    List<String> ALGORITHMS = List.of("RSA", "Ed25519");
    int SHORTEST_RSA = 2_048;
    int LONGEST_RSA = 8_192;
    int LONGEST_EXPONENT = 32;
    int MOST_KEYS = 8;
    int MOST_ALIASES = 20;
    Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.-]{1,100}");

    /** @param address from which it came, redirects followed */
    static ActorReading of(URI address, ObjectNode document) {
        Optional<URI> id = StrangeJson.id(document).filter(one -> StrangeJson.sameHost(one, address));
        if (id.isEmpty()) {
            return new None("what stands there belongs to another host");
        }
        // A key that stands by itself says whose it is.
        Optional<URI> owner = StrangeJson.id(document.path(isMultikey(document) ? "controller" : "owner"))
                .or(() -> document.has("inbox")
                        ? Optional.empty()
                        : StrangeJson.id(document.path("publicKey").path("owner")));
        if (owner.isPresent()) {
            return StrangeJson.sameHost(owner.get(), address)
                    ? new Elsewhere(owner.get())
                    : new None("the key belongs to another host");
        }
        if (!bare(id.get()).equals(bare(address))) {
            return new Elsewhere(id.get());
        }
        if (!TYPES.contains(StrangeJson.text(document, "type"))) {
            return new None("what stands there is no account");
        }
        return inbox(id.get(), document.path("inbox"))
                .<ActorReading>map(own -> new Found(new RemoteActor(
                        id.get(),
                        own,
                        inbox(id.get(), document.path("endpoints").path("sharedInbox"))
                                .orElse(own),
                        keys(id.get(), document),
                        name(document),
                        StrangeJson.text(document, "name"),
                        page(id.get(), document),
                        aliases(document))))
                .orElseGet(() -> new None("its inbox is itself, or on another host"));
    }

    private static Set<URI> aliases(ObjectNode document) {
        return StrangeJson.each(document.path("alsoKnownAs")).stream()
                .limit(MOST_ALIASES)
                .flatMap(alias -> StrangeJson.id(alias).stream())
                .collect(Collectors.toSet());
    }

    private static String name(ObjectNode document) {
        String name = StrangeJson.text(document, "preferredUsername");
        return NAME.matcher(name).matches() ? name : "";
    }

    private static URI page(URI id, ObjectNode document) {
        return StrangeJson.each(document.path("url")).stream()
                .flatMap(url ->
                        StrangeJson.address(url.isString() ? url.asString() : StrangeJson.text(url, "href")).stream())
                .filter(url -> StrangeJson.sameHost(url, id))
                .findFirst()
                .orElse(id);
    }

    private static Optional<URI> inbox(URI id, JsonNode value) {
        return StrangeJson.id(value)
                .map(ActorReading::bare)
                .filter(one -> StrangeJson.sameHost(one, id) && !one.equals(bare(id)));
    }

    static URI bare(URI uri) {
        String text = uri.toString();
        int hash = text.indexOf('#');
        return hash < 0 ? uri : URI.create(text.substring(0, hash));
    }

    private static Map<String, PublicKey> keys(URI id, ObjectNode document) {
        Map<String, PublicKey> keys = new HashMap<>();
        for (JsonNode key : StrangeJson.each(document.path("publicKey"))) {
            if (keys.size() < MOST_KEYS && StrangeJson.text(key, "owner").equals(id.toString())) {
                publicKey(StrangeJson.text(key, "publicKeyPem"))
                        .ifPresent(read -> keys.put(StrangeJson.text(key, "id"), read));
            }
        }
        // FEP-521a; some give an RSA key and another the same identifier, and sign with the one.
        for (JsonNode key : StrangeJson.each(document.path("assertionMethod"))) {
            if (keys.size() < MOST_KEYS
                    && isMultikey(key)
                    && StrangeJson.text(key, "controller").equals(id.toString())) {
                Multikey.ed25519(StrangeJson.text(key, "publicKeyMultibase"))
                        .ifPresent(read -> keys.putIfAbsent(StrangeJson.text(key, "id"), read));
            }
        }
        return keys;
    }

    private static boolean isMultikey(JsonNode key) {
        return StrangeJson.text(key, "type").equals("Multikey");
    }

    private static Optional<PublicKey> publicKey(String pem) {
        String bare = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        for (String algorithm : ALGORITHMS) {
            try {
                byte[] encoded = Base64.getDecoder().decode(bare);
                return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded)))
                        .filter(ActorReading::isSound);
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                // Of another kind, or no key.
            }
        }
        return Optional.empty();
    }

    /** One so long that to verify with it takes seconds, or so short that anybody could sign with it, is none. */
    private static boolean isSound(PublicKey key) {
        return !(key instanceof RSAPublicKey rsa)
                || rsa.getModulus().bitLength() >= SHORTEST_RSA
                        && rsa.getModulus().bitLength() <= LONGEST_RSA
                        && rsa.getPublicExponent().bitLength() <= LONGEST_EXPONENT;
    }
}
