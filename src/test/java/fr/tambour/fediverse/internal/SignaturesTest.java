package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways of signing, against the vectors of their documents and against whoever changes something on the way. */
class SignaturesTest {

    private static final byte[] BODY = "{\"hello\": \"world\"}".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final URI INBOX = URI.create("https://mairie.example/@ville/inbox");
    private static final KeyPair OURS = RsaKeys.pair();

    /** Which way. */
    enum Way {
        CAVAGE(new CavageSignature()),
        RFC_9421(new MessageSignature());

        final SignatureScheme scheme;

        Way(SignatureScheme scheme) {
            this.scheme = scheme;
        }
    }

    private static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicKey key(String algorithm, String base64) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm)
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    /** Appendix C.3 of draft-cavage-http-signatures-10: of all headers. */
    @Test
    void theDraftsOwnSignatureIsVerified() throws Exception {
        SignedMessage message = new SignedMessage(
                "POST",
                URI.create("https://example.com/foo?param=value&pet=dog"),
                Map.of(
                        "Host", List.of("example.com"),
                        "Date", List.of("Sun, 05 Jan 2014 21:31:40 GMT"),
                        "Content-Type", List.of("application/json"),
                        "Digest", List.of("SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="),
                        "Content-Length", List.of("18"),
                        "Signature",
                                List.of("keyId=\"Test\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date"
                                        + " content-type digest content-length\",signature=\"vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYk"
                                        + "z8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLM"
                                        + "hYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE=\"")),
                BODY);

        SignatureScheme.Claim claim = new CavageSignature().claim(message, Instant.parse("2014-01-05T21:40:00Z"));

        assertThat(claim.keyId()).isEqualTo("Test");
        assertThat(claim.verifiedBy()
                        .test(key(
                                "RSA",
                                "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C36rPJj+CvfSC8+q28hxA161Q"
                                        + "FNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6"
                                        + "kv8FPGfJTotc+2xjJwoYi+1hqp1fIekaxsyQIDAQAB")))
                .isTrue();
    }

    /** RFC 9421, appendix B.2.6: Ed25519. */
    @Test
    void theRfcsOwnSignatureIsVerified() throws Exception {
        SignedMessage message = new SignedMessage(
                "POST",
                URI.create("https://example.com/foo?param=Value&Pet=dog"),
                Map.of(
                        "Date", List.of("Tue, 20 Apr 2021 02:07:55 GMT"),
                        "Content-Type", List.of("application/json"),
                        "Content-Length", List.of("18")),
                BODY);
        InnerList input = Parser.parseInnerList(
                "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
                        + ";created=1618884473;keyid=\"test-key-ed25519\"");
        ByteSequenceItem signature = Parser.parseByteSequence(
                ":wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:");

        SignatureScheme.Claim claim = MessageSignature.signed(message, input, signature);

        assertThat(claim.keyId()).isEqualTo("test-key-ed25519");
        assertThat(claim.verifiedBy()
                        .test(key("Ed25519", "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")))
                .isTrue();
    }

    private static SignedMessage signed(Way way) {
        return with(bare(), way.scheme.sign(bare(), "https://other.example/@a#main-key", OURS.getPrivate(), NOW));
    }

    private static SignedMessage bare() {
        return new SignedMessage(
                "POST",
                INBOX,
                Map.of("host", List.of(INBOX.getHost()), "content-type", List.of("application/activity+json")),
                BODY);
    }

    private static SignedMessage with(SignedMessage message, Map<String, String> headers) {
        Map<String, List<String>> all = new TreeMap<>(message.headers());
        headers.forEach((name, value) -> all.put(name.toLowerCase(java.util.Locale.ROOT), List.of(value)));
        return new SignedMessage(message.method(), message.target(), all, message.body());
    }

    @ParameterizedTest
    @EnumSource
    void whatWeSignIsOursAndNobodyElses(Way way) throws Exception {
        SignatureScheme.Claim claim = way.scheme.claim(signed(way), NOW);

        assertThat(claim.keyId()).isEqualTo("https://other.example/@a#main-key");
        assertThat(claim.verifiedBy().test(OURS.getPublic())).isTrue();
        assertThat(claim.verifiedBy().test(RsaKeys.pair().getPublic())).isFalse();
        assertThat(claim.verifiedBy().test(pair("Ed25519", 255).getPublic())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void anotherBodyIsRefused(Way way) {
        SignedMessage signed = signed(way);
        SignedMessage other = new SignedMessage("POST", INBOX, signed.headers(), new byte[] {1, 2});

        assertThatExceptionOfType(BadSignature.class)
                .isThrownBy(() -> way.scheme.claim(other, NOW))
                .withMessageContaining("digest");
    }

    @ParameterizedTest
    @EnumSource
    void anotherPlaceIsNotWhatWasSigned(Way way) throws Exception {
        SignedMessage signed = signed(way);
        SignedMessage other =
                new SignedMessage("POST", URI.create("https://mairie.example/@mairie/inbox"), signed.headers(), BODY);

        assertThat(way.scheme.claim(other, NOW).verifiedBy().test(OURS.getPublic()))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMoreThanAnHourOldOrAheadIsRefused(Way way) throws Exception {
        for (Duration apart : List.of(Duration.ofMinutes(61), Duration.ofMinutes(-61))) {
            assertThatExceptionOfType(BadSignature.class)
                    .isThrownBy(() -> way.scheme.claim(signed(way), NOW.plus(apart)))
                    .withMessageContaining("made at");
        }
        way.scheme.claim(signed(way), NOW.plus(Duration.ofMinutes(59)));
        way.scheme.claim(signed(way), NOW.minus(Duration.ofMinutes(59)));
    }

    /** GoToSocial says `hs2019`, others nothing: the key says what it is. */
    @ParameterizedTest
    @ValueSource(strings = {"", "algorithm=\"hs2019\",", "algorithm=\"rsa-sha512\","})
    void whichAlgorithmIsNamedDoesNotMatter(String named) throws Exception {
        SignedMessage signed = signed(Way.CAVAGE);
        String field = signed.header("signature").orElseThrow().replace("algorithm=\"rsa-sha256\",", named);

        assertThat(new CavageSignature()
                        .claim(with(signed, Map.of("Signature", field)), NOW)
                        .verifiedBy()
                        .test(OURS.getPublic()))
                .isTrue();
    }

    @Test
    void aSignatureThatDoesNotCoverTheBodyIsRefused() {
        SignedMessage noDigest = new SignedMessage("POST", INBOX, bare().headers(), new byte[0]);
        for (Way way : Way.values()) {
            Map<String, String> headers =
                    way.scheme.sign(noDigest, "https://other.example/@a#k", OURS.getPrivate(), NOW);

            assertThatExceptionOfType(BadSignature.class)
                    .isThrownBy(() -> way.scheme.claim(with(bare(), headers), NOW))
                    .withMessageContaining("digest");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "keyId=\"a\"",
                "keyId=\"a\",headers=\"\",signature=\"x\"",
                "keyId=\"a\",headers=\"date\",signature=\"!!\"",
                "keyId=\"a\",headers=\"(request-target) host date digest\",signature=\"\"",
                "\u0000",
                "keyId"
            })
    void whatIsNoSignatureIsRefusedWithAReason(String field) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Signature", field);
        headers.put("Date", "Tue, 24 Nov 2026 08:00:00 GMT");
        SignedMessage message = with(bare(), headers);

        assertThatExceptionOfType(BadSignature.class)
                .isThrownBy(() -> new CavageSignature().claim(message, NOW))
                .satisfies(bad -> assertThat(bad.getMessage()).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sig1",
                "sig1=1",
                "sig1=()",
                "sig1=(\"@method\")",
                "sig1=(\"@method\" \"@target-uri\" \"nope\")",
                "=;"
            })
    void whatIsNoMessageSignatureIsRefusedWithAReason(String field) {
        SignedMessage message = with(bare(), Map.of("Signature-Input", field, "Signature", "sig1=:AAAA:"));

        assertThatExceptionOfType(BadSignature.class)
                .isThrownBy(() -> new MessageSignature().claim(message, NOW))
                .satisfies(bad -> assertThat(bad.getMessage()).isNotBlank());
    }

    @Test
    void whoHasSilentKeysOnManyPortsTakesNoMorePlacesThanOnOne() {
        Town town = new Town(
                new TownId(3),
                "clairval",
                TestTowns.CLAIRVAL,
                TestTowns.profile("Clairval", "clairval.example"),
                false,
                1);
        List<URI> asked = new ArrayList<>();
        RemoteActors remotes = new RemoteActors(new ActorFetch(null) {
            @Override
            CompletableFuture<RemoteActors.Answer> of(Town from, URI address) {
                asked.add(address);
                return new CompletableFuture<>();
            }
        });
        for (int port = 1_000; port < 1_070; port++) {
            var unused = remotes.ask(town, "https://silent.example:" + port + "/key", false);
        }

        assertThat(asked).hasSize(8);
        assertThat(remotes.ask(town, "https://other.example/key", false)).isNotDone();
        assertThat(asked).contains(URI.create("https://other.example/key"));
    }
}
