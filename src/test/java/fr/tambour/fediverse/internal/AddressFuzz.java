package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.conversation.ServerName;
import fr.tambour.outbound.RetryAfter;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Where strangers say that something is: in WebFinger documents, in fields of answers, and as readers type it. */
public final class AddressFuzz {

    private static final URI WHERE = URI.create("https://other.example/users/alice?a=b");
    private static final Actor OWN = TestAccounts.of(new TownId(3), 1, "ville");
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private AddressFuzz() {}

    /** What another server says of somebody (RFC 7033). */
    public static void webFinger(byte[] bytes) {
        StrangeJson.read(bytes).ifPresent(AddressFuzz::webFinger);
    }

    private static void webFinger(ObjectNode document) {
        AddressLookup.self(document).ifPresent(AddressFuzz::isOfTheWeb);
        HomeServers.page(document, OWN.handle()).ifPresent(page -> {
            isOfTheWeb(page);
            assertThat(page.toString()).contains("ville%40clairval.example").doesNotContain("{uri}");
        });
    }

    /** One word, as it may stand in a field, in a document or in a form. */
    public static void word(String word) {
        StrangeJson.address(word).ifPresent(address -> {
            isOfTheWeb(address);
            OwnAddresses.notice(OWN, address)
                    .ifPresent(notice ->
                            assertThat(address.toString()).startsWith("https://clairval.example/avis/" + notice.ref()));
            if (OwnAddresses.isOwnAnswer(OWN, address)) {
                assertThat(address.getRawAuthority()).isEqualTo("clairval.example");
            }
            Whom.address(address).ifPresent(who -> assertThat(who).matches("(?s).+@.*"));
            String server = ServerName.of(address.getRawAuthority());
            assertThat(server).isNotBlank();
            assertThat(ServerName.andAbove(server)).startsWith(server).hasSizeLessThanOrEqualTo(server.length());
        });
        StrangeJson.resolved(WHERE, word).ifPresent(AddressFuzz::isOfTheWeb);
        RetryAfter.of(word, NOW)
                .ifPresent(after -> assertThat(after).isPositive().isLessThanOrEqualTo(RetryAfter.LONGEST));
        Multikey.ed25519(word).ifPresent(key -> assertThat(key.getEncoded()).hasSize(44));
        handle(word);
    }

    private static void handle(String typed) {
        Optional<HomeServers.Handle> handle = HomeServers.Handle.of(typed);
        handle.ifPresent(one -> {
            assertThat(one.host()).matches("[\\x21-\\x7e]+").doesNotContain("/", "@", "?", "#");
            assertThat(HomeServers.Handle.of("@" + one.name() + "@" + one.host()))
                    .isEqualTo(handle);
        });
        try {
            AccountAddress.Wanted wanted = AccountAddress.Wanted.of(typed, typed);
            assertThat(wanted.name()).matches("[a-z0-9_]{1,30}");
        } catch (Refusal refused) {
            assertThat(refused.code()).startsWith("fediverse.");
        }
        try {
            AccountAddress.Wanted wanted = AccountAddress.Wanted.of("ville", typed);
            assertThat(wanted.domain()).matches("[\\x21-\\x7e]+").doesNotContain("/", "@", "?", "#");
        } catch (Refusal refused) {
            assertThat(refused.code()).isEqualTo("fediverse.domain");
        }
    }

    private static void isOfTheWeb(URI address) {
        assertThat(address.getScheme()).isIn("http", "https");
        assertThat(address.getHost()).isNotBlank();
        assertThat(address.getRawUserInfo()).isNull();
        assertThat(StrangeJson.address(address.toString())).as("read again").contains(address);
    }
}
