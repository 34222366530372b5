package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.Admission;
import fr.tambour.fediverse.internal.Admission.Verdict;
import fr.tambour.fediverse.internal.Gate;
import fr.tambour.fediverse.internal.SignedMessage;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Gives servers what is theirs to read: everybody, or where the town wants that, only those that say who they are and that it does not
 * keep out. No thread is held while somebody is asked for a key.
 */
@Component
class GatedReading {

    private final Gate gate;
    private final Admission admission;

    GatedReading(Gate gate, Admission admission) {
        this.gate = gate;
        this.admission = admission;
    }

    /** Fails with a {@link Refusal}: 401 {@code fediverse.signature-wanted}, 403 {@code fediverse.reader-blocked}, 503 {@code fediverse.reader-unknown}. */
    CompletableFuture<ResponseEntity<String>> given(
            Town town, HttpServletRequest request, Supplier<ResponseEntity<String>> document) {
        return given(town, request, document, () -> {
            throw new Refusal(HttpStatus.UNAUTHORIZED, "fediverse.signature-wanted");
        });
    }

    /**
     * The same, but for what is given to whom nobody knows.
     *
     * @param plain what that is
     */
    CompletableFuture<ResponseEntity<String>> given(
            Town town,
            HttpServletRequest request,
            Supplier<ResponseEntity<String>> document,
            Supplier<ResponseEntity<String>> plain) {
        if (!gate.isShut(town.id())) {
            return CompletableFuture.completedFuture(document.get());
        }
        SignedMessage message = SignedRequest.of(request, new byte[0]);
        return admission.of(town, message).thenApply(verdict -> switch (verdict) {
            case Verdict.Known known -> forOne(document.get());
            case Verdict.Blocked blocked -> throw new Refusal(HttpStatus.FORBIDDEN, "fediverse.reader-blocked");
            case Verdict.Unsigned unsigned -> forOne(plain.get());
            // Nor what is given to whom nobody knows: they would keep that as all there is.
            case Verdict.Later later -> throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "fediverse.reader-unknown");
        });
    }

    /** Nobody between here and there gives it to others. */
    private static ResponseEntity<String> forOne(ResponseEntity<String> answer) {
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(answer.getHeaders());
        headers.setCacheControl(CacheControl.noStore().cachePrivate());
        headers.set(HttpHeaders.VARY, "Accept, Signature, Signature-Input");
        return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
    }
}
