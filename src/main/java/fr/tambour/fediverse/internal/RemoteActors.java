package fr.tambour.fediverse.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.conversation.ServerName;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.ui.Turnstile;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Who somebody on another server is. What was learnt is known for a while; of many who ask at once for the same, one asks;
 * and of one host, and of all, so much is asked for at once and no more: strangers decide who is asked.
 */
@Component
class RemoteActors {

    private static final long MOST_KNOWN = 20_000;
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int AT_ONCE = 64;
    private static final int AT_ONCE_OF_ONE = 8;

    private final ActorFetch fetch;
    private final Cache<Asked, RemoteActor> known = cache(Duration.ofHours(6));
    /** Of whoever was not to be had: not asked for again at once. */
    private final Cache<Asked, Answer> refused = cache(Duration.ofMinutes(1));
    /** Who was asked for although known: not again for a while, whatever strangers sign in their name. */
    private final Cache<Asked, Boolean> renewed = cache(Duration.ofMinutes(5));

    private final ConcurrentMap<Asked, CompletableFuture<Answer>> asking = new ConcurrentHashMap<>();
    private final Turnstile turnstile = new Turnstile(AT_ONCE, AT_ONCE_OF_ONE);

    RemoteActors(ActorFetch fetch) {
        this.fetch = fetch;
    }

    private static <V> Cache<Asked, V> cache(Duration kept) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_KNOWN)
                .expireAfterWrite(kept)
                .build();
    }

    /** One town's question: what one is answered is not another's to rely on. */
    private record Asked(TownId town, String uri) {

        static Asked of(TownId town, String uri) {
            int hash = uri.indexOf('#');
            return new Asked(town, hash < 0 ? uri : uri.substring(0, hash));
        }
    }

    /** What came of asking. */
    sealed interface Answer {

        record Found(RemoteActor actor) implements Answer {}

        /** There is none any more. */
        record Gone() implements Answer {}

        /** What stands there is no account, or none that may be believed. */
        record None(String reason) implements Answer {}

        /** Nobody could say for now. */
        record Unknown(String reason) implements Answer {}
    }

    /**
     * Who has this key, or this identifier; told on any thread.
     *
     * @param anew although it is known: it may have changed
     */
    CompletableFuture<Answer> ask(Town town, String uri, boolean anew) {
        Asked asked = Asked.of(town.id(), uri);
        RemoteActor already = known.getIfPresent(asked);
        if (already != null && (!anew || renewed.asMap().putIfAbsent(asked, true) != null)) {
            return done(new Answer.Found(already));
        }
        Answer no = refused.getIfPresent(asked);
        if (no != null) {
            return done(no);
        }
        Optional<URI> address = StrangeJson.address(asked.uri());
        if (address.isEmpty()) {
            return done(new Answer.None("it is no web address"));
        }
        CompletableFuture<Answer> mine = new CompletableFuture<>();
        CompletableFuture<Answer> running = asking.putIfAbsent(asked, mine);
        if (running != null) {
            return running;
        }
        // Whoever has a host has all its ports.
        String host = ServerName.of(address.get().getRawAuthority());
        if (turnstile.enter(host) != Turnstile.Entry.IN) {
            asking.remove(asked, mine);
            mine.complete(new Answer.Unknown("too much is asked for at once"));
            return mine;
        }
        var unused = fetch.of(town, address.get())
                .completeOnTimeout(new Answer.Unknown("no answer in time"), LONGEST.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((answer, failure) -> {
                    turnstile.leave(host);
                    Answer told = failure == null ? answer : new Answer.Unknown(String.valueOf(failure.getMessage()));
                    note(asked, told);
                    asking.remove(asked, mine);
                    mine.complete(told);
                });
        return mine;
    }

    /**
     * Whose claim it is. Keys change: of whom it does not fit is asked once more, and of whom it does not fit then nobody is found.
     *
     * @param fits asked on {@code work}
     */
    CompletableFuture<Answer> signer(
            Town town, SignatureScheme.Claim claim, Predicate<RemoteActor> fits, Executor work) {
        return signer(town, claim, fits, work, false);
    }

    private CompletableFuture<Answer> signer(
            Town town, SignatureScheme.Claim claim, Predicate<RemoteActor> fits, Executor work, boolean anew) {
        return ask(town, claim.keyId(), anew)
                .thenComposeAsync(
                        answer -> {
                            if (!(answer instanceof Answer.Found found) || fits.test(found.actor())) {
                                return done(answer);
                            }
                            return anew
                                    ? done(new Answer.None("the signature is not the actor's"))
                                    : signer(town, claim, fits, work, true);
                        },
                        work);
    }

    private void note(Asked asked, Answer told) {
        if (told instanceof Answer.Found found) {
            known.put(asked, found.actor());
            known.put(Asked.of(asked.town(), found.actor().uri().toString()), found.actor());
        } else {
            refused.put(asked, told);
            if (told instanceof Answer.Gone) {
                known.invalidate(asked);
            }
        }
    }

    private static CompletableFuture<Answer> done(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    /** Whoever says to be gone is asked for anew next time. */
    void forget(TownId town, URI uri) {
        known.invalidate(Asked.of(town, uri.toString()));
    }
}
