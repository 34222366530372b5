package fr.tambour.fediverse.site;

import fr.tambour.fediverse.internal.Admission;
import fr.tambour.fediverse.internal.Admission.Verdict;
import fr.tambour.fediverse.internal.Gate;
import fr.tambour.fediverse.internal.SignedMessage;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
class GatedReading implements AutoCloseable {

    private static final int THREADS = 2;

    /** More are not let in at once, but for those that were let in a moment ago. */
    private static final int WAITING = 200;

    private final Gate gate;
    private final Admission admission;

    /** Of its own: those on which it is seen who asks have to see as well who brings something to the inbox. */
    private final ThreadPoolExecutor documents = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("gated-", 1).daemon().factory());

    GatedReading(Gate gate, Admission admission) {
        this.gate = gate;
        this.admission = admission;
        documents.allowCoreThreadTimeOut(true);
    }

    @Override
    public void close() {
        documents.shutdownNow();
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
        return admission.of(town, message).thenCompose(verdict -> switch (verdict) {
            case Verdict.Known known -> made(document);
            case Verdict.Blocked blocked -> refused(HttpStatus.FORBIDDEN, "fediverse.reader-blocked");
            case Verdict.Unsigned unsigned -> made(plain);
            // Nor what is given to whom nobody knows: they would keep that as all there is.
            case Verdict.Later later -> refused(HttpStatus.SERVICE_UNAVAILABLE, "fediverse.reader-unknown");
        });
    }

    private CompletableFuture<ResponseEntity<String>> made(Supplier<ResponseEntity<String>> document) {
        try {
            return CompletableFuture.supplyAsync(() -> forOne(document.get()), documents);
        } catch (RejectedExecutionException e) {
            return refused(HttpStatus.SERVICE_UNAVAILABLE, "fediverse.reader-unknown");
        }
    }

    private static <T> CompletableFuture<T> refused(HttpStatus status, String code) {
        return CompletableFuture.failedFuture(new Refusal(status, code));
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
