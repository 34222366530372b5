package fr.tambour.fediverse.internal;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;

/** HTTP Message Signatures, RFC 9421. */
final class MessageSignature implements SignatureScheme {

    private static final String LABEL = "sig1";

    @Override
    public boolean isOn(SignedMessage message) {
        return message.headers().containsKey("signature-input");
    }

    @Override
    public Map<String, String> sign(SignedMessage message, String keyId, PrivateKey key, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        List<Item<?>> covered =
                new ArrayList<>(List.of(StringItem.valueOf("@method"), StringItem.valueOf("@target-uri")));
        Map<String, List<String>> all = new LinkedHashMap<>(message.headers());
        if (message.body().length > 0) {
            String digest = "sha-256=:" + Digests.sha256(message.body()) + ":";
            headers.put("Content-Digest", digest);
            all.put("content-digest", List.of(digest));
            covered.add(StringItem.valueOf("content-digest"));
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("created", IntegerItem.valueOf(now.getEpochSecond()));
        parameters.put("keyid", StringItem.valueOf(keyId));
        InnerList input = InnerList.valueOf(covered).withParams(Parameters.valueOf(parameters));
        try {
            String base = base(new SignedMessage(message.method(), message.target(), all, message.body()), input);
            headers.put("Signature-Input", LABEL + "=" + input.serialize());
            headers.put(
                    "Signature",
                    LABEL + "=:" + Base64.getEncoder().encodeToString(Signing.RSA_SHA256.sign(key, base)) + ":");
            return headers;
        } catch (BadSignature | GeneralSecurityException e) {
            throw new IllegalStateException("A request could not be signed", e);
        }
    }

    @Override
    public Claim claim(SignedMessage message, Instant now) throws BadSignature {
        try {
            Dictionary inputs = dictionary(message, "signature-input");
            Dictionary signatures = dictionary(message, "signature");
            // The first that covers what matters; a request may carry others, which proxies have added.
            BadSignature refused = new BadSignature("There is no signature");
            for (var entry : inputs.get().entrySet()) {
                if (entry.getValue() instanceof InnerList input
                        && signatures.get().get(entry.getKey()) instanceof ByteSequenceItem bytes) {
                    try {
                        return claim(message, input, bytes, now);
                    } catch (BadSignature e) {
                        refused = e;
                    }
                }
            }
            throw refused;
        } catch (IllegalArgumentException e) {
            throw new BadSignature("The signature cannot be read: " + e.getMessage());
        }
    }

    private static Dictionary dictionary(SignedMessage message, String name) throws BadSignature {
        return new Parser(message.header(name).orElseThrow(() -> new BadSignature("There is no " + name)))
                .parseDictionary();
    }

    private static Claim claim(SignedMessage message, InnerList input, ByteSequenceItem signature, Instant now)
            throws BadSignature {
        List<String> covered =
                input.get().stream().map(item -> String.valueOf(item.get())).toList();
        require(covered.contains("@method"), "The signature does not cover @method");
        require(
                covered.contains("@target-uri")
                        || covered.contains("@authority")
                                && (covered.contains("@path") || covered.contains("@request-target")),
                "The signature does not cover where the request goes");
        if (message.body().length > 0) {
            require(covered.contains("content-digest"), "The signature does not cover content-digest");
            Digests.checkContent(message);
        }
        Instant created = Instant.ofEpochSecond(parameter(input, "created", Long.class)
                .orElseThrow(() -> new BadSignature("The signature does not say when it was made")));
        require(
                Duration.between(created, now).abs().compareTo(SKEW) <= 0,
                "The signature was made at " + created + ", and it is " + now);
        Optional<Long> expires = parameter(input, "expires", Long.class);
        require(
                expires.isEmpty() || now.getEpochSecond() <= expires.get() + SKEW.toSeconds(),
                "The signature has expired");
        return signed(message, input, signature);
    }

    /** What it says, whatever it covers. */
    static Claim signed(SignedMessage message, InnerList input, ByteSequenceItem signature) throws BadSignature {
        String keyId = parameter(input, "keyid", String.class)
                .orElseThrow(() -> new BadSignature("The signature names no key"));
        Optional<String> named = parameter(input, "alg", String.class);
        Optional<Signing> algorithm = named.flatMap(Signing::named);
        require(named.isEmpty() || algorithm.isPresent(), "The signature's algorithm is not known");
        String base = base(message, input);
        byte[] bytes = new byte[signature.get().remaining()];
        signature.get().duplicate().get(bytes);
        return new Claim(
                keyId,
                base,
                key -> algorithm
                        .map(Stream::of)
                        .orElseGet(() -> Signing.with(key))
                        .anyMatch(one -> one.verify(key, base, bytes)));
    }

    private static <T> Optional<T> parameter(InnerList input, String name, Class<T> type) {
        Object value = input.getParams().get(name);
        Object bare = value instanceof Item<?> item ? item.get() : value;
        return type.isInstance(bare) ? Optional.of(type.cast(bare)) : Optional.empty();
    }

    /** Section 2.5. */
    private static String base(SignedMessage message, InnerList input) throws BadSignature {
        StringBuilder base = new StringBuilder();
        for (Item<?> component : input.get()) {
            require(component.getParams().isEmpty(), "What is signed has parameters, which are not known");
            base.append(component.serialize())
                    .append(": ")
                    .append(value(message, String.valueOf(component.get())))
                    .append('\n');
        }
        return base.append("\"@signature-params\": ").append(input.serialize()).toString();
    }

    /** Section 2.1 for a header, section 2.2 for what begins with an @. */
    private static String value(SignedMessage message, String component) throws BadSignature {
        return switch (component) {
            case "@method" -> message.method();
            case "@target-uri" -> message.target().toString();
            case "@authority" -> message.target().getRawAuthority().toLowerCase(Locale.ROOT);
            case "@scheme" -> message.target().getScheme();
            case "@request-target" -> message.requestTarget();
            case "@path" -> message.target().getRawPath();
            case "@query" ->
                "?"
                        + (message.target().getRawQuery() == null
                                ? ""
                                : message.target().getRawQuery());
            default ->
                message.header(component)
                        .orElseThrow(() -> new BadSignature("What was signed is missing: " + component));
        };
    }

    private static void require(boolean condition, String message) throws BadSignature {
        if (!condition) {
            throw new BadSignature(message);
        }
    }
}
