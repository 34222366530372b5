package fr.tambour.fediverse.internal;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A way to sign a request, and to see who signed one. */
sealed interface SignatureScheme permits CavageSignature, MessageSignature {

    /** How far clocks may differ, and how old a signature may be. */
    Duration SKEW = Duration.ofHours(1);

    /**
     * Who says to have signed a request that is recent, whole and signed where it matters.
     *
     * @param keyId of the key
     * @param base what was signed, by which a request is known again: whatever else comes with it anybody may write
     * @param verifiedBy whether it is signed by that key
     */
    record Claim(String keyId, String base, Predicate<PublicKey> verifiedBy) {

        /** Whether this account has that key; PeerTube's servers name the account instead, and so any of its keys. */
        boolean isBy(RemoteActor actor) {
            if (keyId.equals(actor.uri().toString())) {
                return actor.keys().values().stream().anyMatch(verifiedBy);
            }
            PublicKey key = actor.keys().get(keyId);
            return key != null && verifiedBy.test(key);
        }
    }

    /**
     * The claim of whichever scheme a request is signed by.
     *
     * @throws BadSignature as {@link #claim}, and if there is no signature
     */
    static Claim of(SignedMessage message, Instant now) throws BadSignature {
        for (SignatureScheme scheme : List.of(new MessageSignature(), new CavageSignature())) {
            if (scheme.isOn(message)) {
                return scheme.claim(message, now);
            }
        }
        throw new BadSignature("There is no signature");
    }

    /** Whether a request is signed in this way, well or badly. */
    boolean isOn(SignedMessage message);

    /**
     * The headers that are to be added to a request.
     *
     * @param now when it leaves: what is sent again is signed anew
     */
    Map<String, String> sign(SignedMessage message, String keyId, PrivateKey key, Instant now);

    /** @throws BadSignature if nobody's key need be looked at to refuse it */
    Claim claim(SignedMessage message, Instant now) throws BadSignature;
}
