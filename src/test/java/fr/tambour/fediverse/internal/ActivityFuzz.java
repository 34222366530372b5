package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.conversation.Remark;
import fr.tambour.conversation.Wording;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What other servers send: an activity, an account, a signature. Each is read or refused, and none believed of another host. */
public final class ActivityFuzz {

    private static final URI WHERE = URI.create("https://other.example/users/alice");
    private static final RemoteActor AUTHOR = new RemoteActor(
            WHERE,
            URI.create("https://other.example/users/alice/inbox"),
            URI.create("https://other.example/inbox"),
            Map.of());
    private static final List<SignatureScheme> SCHEMES = List.of(new CavageSignature(), new MessageSignature());

    private ActivityFuzz() {}

    public static void document(byte[] bytes) {
        StrangeJson.read(bytes).ifPresent(ActivityFuzz::document);
    }

    private static void document(ObjectNode document) {
        if (ActorReading.of(WHERE, document) instanceof ActorReading.Found(RemoteActor actor)) {
            assertThat(actor.uri().getRawAuthority()).isEqualTo("other.example");
            assertThat(actor.inbox().getRawAuthority()).isEqualTo("other.example");
            assertThat(actor.sharedInbox().getRawAuthority()).isEqualTo("other.example");
        }
        if (PostReading.of(WHERE, document) instanceof PostReading.Found post) {
            assertThat(post.id().getRawAuthority()).isEqualTo("other.example");
            assertThat(post.author().getRawAuthority()).isEqualTo("other.example");
            assertThat(post.page().getRawAuthority()).isEqualTo("other.example");
            assertThat(post.text().length()).isLessThanOrEqualTo(PostReading.MOST_UNITS);
        }
        Arrival arrival = Arrival.of(AUTHOR, document, true, document, Instant.EPOCH);
        arrival.remark().ifPresent(remark -> isHarmless(remark.words()));
        assertThat(arrival.report().length()).isLessThan(StrangeJson.MOST_BYTES);
        StrangeJson.id(document).ifPresent(id -> assertThat(id.getHost()).isNotBlank());
        Arrivals.isOwnEnd(WHERE, document);
        Remarks.mentions(document, WHERE::equals);
        if (Remarks.isBy(WHERE, document)) {
            Remark remark = Remarks.read(AUTHOR, document, Instant.EPOCH);
            assertThat(URI.create(remark.name()).getRawAuthority()).isEqualTo("other.example");
            isHarmless(remark.words());
        }
    }

    /** Already as it is read: nobody has to see to that while something is written down. */
    private static void isHarmless(Wording words) {
        assertThat(words.html().html()).doesNotContain("<script", "<img", "<style");
    }

    /** @param field of a header */
    public static void signature(String field) {
        for (SignatureScheme scheme : SCHEMES) {
            SignedMessage message = new SignedMessage(
                    "POST",
                    WHERE,
                    Map.of(
                            "host", List.of("other.example"),
                            "date", List.of("Tue, 24 Nov 2026 08:00:00 GMT"),
                            "digest", List.of(field),
                            "content-digest", List.of(field),
                            "signature", List.of(field),
                            "signature-input", List.of(field)),
                    new byte[] {'{', '}'});
            try {
                assertThat(scheme.claim(message, Instant.parse("2026-11-24T08:00:00Z"))
                                .keyId())
                        .isNotBlank();
            } catch (BadSignature refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }
}
