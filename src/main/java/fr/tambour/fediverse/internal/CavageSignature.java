package fr.tambour.fediverse.internal;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Signatures by draft-cavage-http-signatures-12, in the way that the fediverse has: RSA and SHA-256, over a few headers. What
 * algorithm one names is not looked at: some name none, some `hs2019`, and the key says which it is.
 */
final class CavageSignature implements SignatureScheme {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    @Override
    public boolean isOn(SignedMessage message) {
        return message.headers().containsKey("signature") && !message.headers().containsKey("signature-input");
    }

    @Override
    public Map<String, String> sign(SignedMessage message, String keyId, PrivateKey key, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Date", HTTP_DATE.format(now));
        List<String> covered = new ArrayList<>(List.of("(request-target)", "host", "date"));
        if (message.body().length > 0) {
            headers.put("Digest", "SHA-256=" + Digests.sha256(message.body()));
            covered.add("digest");
        }
        if (message.header("content-type").isPresent()) {
            covered.add("content-type");
        }
        Map<String, List<String>> all = new LinkedHashMap<>(message.headers());
        all.put("host", List.of(message.target().getRawAuthority()));
        headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        try {
            SignedMessage whole = new SignedMessage(message.method(), message.target(), all, message.body());
            byte[] signature = Signing.RSA_SHA256.sign(key, base(whole, covered, Map.of()));
            headers.put(
                    "Signature",
                    "keyId=\"%s\",algorithm=\"rsa-sha256\",headers=\"%s\",signature=\"%s\""
                            .formatted(
                                    keyId,
                                    String.join(" ", covered),
                                    Base64.getEncoder().encodeToString(signature)));
            return headers;
        } catch (BadSignature | GeneralSecurityException e) {
            throw new IllegalStateException("A request could not be signed", e);
        }
    }

    @Override
    public Claim claim(SignedMessage message, Instant now) throws BadSignature {
        Map<String, Object> parameters =
                parameters(message.header("signature").orElseThrow(() -> new BadSignature("There is no signature")));
        List<String> covered = List.of(
                text(parameters, "headers").toLowerCase(Locale.ROOT).strip().split(" +"));
        require(covered.contains("(request-target)"), "The signature does not cover (request-target)");
        require(covered.contains("host"), "The signature does not cover host");
        Instant made = made(message, parameters, covered);
        require(
                Duration.between(made, now).abs().compareTo(SKEW) <= 0,
                "The signature was made at " + made + ", and it is " + now);
        if (parameters.get("expires") instanceof Number expires) {
            require(
                    now.isBefore(Instant.ofEpochSecond(expires.longValue()).plus(SKEW)),
                    "The signature has expired, and it is " + now);
        }
        if (message.body().length > 0) {
            require(covered.contains("digest"), "The signature does not cover digest");
            Digests.check(message);
        }
        String base = base(message, covered, parameters);
        try {
            byte[] bytes = Base64.getDecoder().decode(text(parameters, "signature"));
            return new Claim(
                    text(parameters, "keyid"), base, key -> Signing.of(key).verify(key, base, bytes));
        } catch (IllegalArgumentException e) {
            throw new BadSignature("The signature is not in base64");
        }
    }

    /** They are a dictionary of structured fields but for one capital letter. */
    private static Map<String, Object> parameters(String field) throws BadSignature {
        try {
            Dictionary read = Parser.parseDictionary(field.replace("keyId=", "keyid="));
            Map<String, Object> parameters = new LinkedHashMap<>();
            read.get().forEach((name, value) -> {
                if (value instanceof Item<?> item) {
                    parameters.put(name, item.get());
                }
            });
            return parameters;
        } catch (IllegalArgumentException e) {
            throw new BadSignature("The signature cannot be read: " + e.getMessage());
        }
    }

    private static String text(Map<String, Object> parameters, String name) throws BadSignature {
        Object value = parameters.get(name);
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new BadSignature("The signature has no " + name);
    }

    private static Instant made(SignedMessage message, Map<String, Object> parameters, List<String> covered)
            throws BadSignature {
        if (covered.contains("(created)") && parameters.get("created") instanceof Long created) {
            return Instant.ofEpochSecond(created);
        }
        require(covered.contains("date"), "The signature does not cover date");
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                    message.header("date").orElseThrow(() -> new BadSignature("There is no date")), Instant::from);
        } catch (DateTimeParseException e) {
            throw new BadSignature("The date cannot be read");
        }
    }

    /** Section 2.3. */
    private static String base(SignedMessage message, List<String> covered, Map<String, Object> parameters)
            throws BadSignature {
        List<String> lines = new ArrayList<>();
        for (String name : covered) {
            lines.add(name + ": " + value(message, name, parameters));
        }
        return lines.stream().collect(Collectors.joining("\n"));
    }

    private static String value(SignedMessage message, String name, Map<String, Object> parameters)
            throws BadSignature {
        @Nullable
        Object value = switch (name) {
            case "(request-target)" -> message.method().toLowerCase(Locale.ROOT) + " " + message.requestTarget();
            case "(created)" -> parameters.get("created");
            case "(expires)" -> parameters.get("expires");
            default -> message.header(name).orElse(null);
        };
        if (value == null) {
            throw new BadSignature("What was signed is missing: " + name);
        }
        return value.toString();
    }

    private static void require(boolean condition, String message) throws BadSignature {
        if (!condition) {
            throw new BadSignature(message);
        }
    }
}
