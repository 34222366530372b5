package fr.tambour.fediverse.internal;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundClient;
import fr.tambour.outbound.OutboundRequest;
import fr.tambour.town.Town;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Reads what other servers show at an address, through redirects; signed, as some want it, and the other way where that is refused. */
@Component
class DocumentFetch {

    private static final String ACCEPTED =
            "application/activity+json, application/ld+json; profile=\"" + Contexts.STREAMS + "\"";
    private static final String NOT_ASKED = "what stands there is never asked for";
    private static final int GONE = 410;
    private static final Set<Integer> BADLY_SIGNED = Set.of(401, 403);
    static final int MOST_HOPS = 3;
    private static final int MOST_BYTES = 256 << 10;

    private final OutboundClient client;
    private final Actors ours;
    private final StrangersWork work;
    private final Clock clock;
    private final SignatureScheme usual = new CavageSignature();
    private final SignatureScheme other = new MessageSignature();

    DocumentFetch(OutboundClient client, Actors ours, StrangersWork work, Clock clock) {
        this.client = client;
        this.ours = ours;
        this.work = work;
        this.clock = clock;
    }

    /** What came of asking. */
    sealed interface Fetched {

        /**
         * @param address from which it came, redirects followed
         * @param hops how often it may still lead on
         */
        record Found(URI address, ObjectNode document, int hops) implements Fetched {}

        /** There is none any more. */
        record Gone() implements Fetched {}

        /** What stands there is none. */
        record None(String reason) implements Fetched {}

        /** Nobody could say for now. */
        record Unknown(String reason) implements Fetched {}
    }

    /**
     * Never fails; told on any thread.
     *
     * @param hops how often it may lead on
     */
    CompletableFuture<Fetched> of(Town town, URI address, int hops) {
        CompletableFuture<Fetched> told = new CompletableFuture<>();
        aside(told, () -> ask(town, address, hops, usual, told));
        return told;
    }

    /** @param hops how often it may still lead on */
    private void ask(Town town, URI address, int hops, SignatureScheme scheme, CompletableFuture<Fetched> told) {
        if (town.demonstration() && !Loopback.is(address)) {
            told.complete(new Fetched.None("a demonstration asks nobody off this machine"));
            return;
        }
        if (!client.mayCall(address)) {
            told.complete(new Fetched.None(NOT_ASKED));
            return;
        }
        client.send(OutboundRequest.get(address, headers(town, address, scheme), MOST_BYTES), answer -> {
            switch (answer) {
                case OutboundAnswer.Answered answered ->
                    aside(told, () -> {
                        if (scheme == usual && BADLY_SIGNED.contains(answered.status())) {
                            ask(town, address, hops, other, told);
                        } else {
                            read(town, address, answered, hops, told);
                        }
                    });
                // It will not answer later either: whoever named it is not asked to come again.
                case OutboundAnswer.Unreachable(String reason) ->
                    told.complete(
                            reason.equals(OutboundAnswer.NO_PUBLIC_ADDRESS)
                                    ? new Fetched.None(NOT_ASKED)
                                    : new Fetched.Unknown(reason));
                case OutboundAnswer.Expired() -> told.complete(new Fetched.Unknown("no answer in time"));
                case OutboundAnswer.Recalled() -> told.complete(new Fetched.Unknown("not asked"));
                case OutboundAnswer.Unanswered(String reason) -> told.complete(new Fetched.Unknown(reason));
            }
        });
    }

    /** Not on the threads that speak with others. */
    private void aside(CompletableFuture<Fetched> told, Runnable step) {
        try {
            work.execute(() -> {
                try {
                    step.run();
                } catch (RuntimeException e) {
                    told.complete(new Fetched.Unknown(String.valueOf(e.getMessage())));
                }
            });
        } catch (RejectedExecutionException e) {
            told.complete(new Fetched.Unknown("there is too much to do"));
        }
    }

    private Map<String, String> headers(Town town, URI address, SignatureScheme scheme) {
        Actor asks = ours.instanceOf(town);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("accept", ACCEPTED);
        headers.put("user-agent", "Tambour (+" + asks.base() + "/)");
        scheme.sign(
                        new SignedMessage("GET", address, Map.of(), new byte[0]),
                        asks.keyId(),
                        asks.privateKey(),
                        clock.instant())
                .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return headers;
    }

    private void read(
            Town town, URI address, OutboundAnswer.Answered answered, int hops, CompletableFuture<Fetched> told) {
        int status = answered.status();
        if (answered.redirects()) {
            Optional<URI> next =
                    answered.header("location").flatMap(location -> StrangeJson.resolved(address, location));
            on(town, next, hops, told);
        } else if (status != 200) {
            told.complete(
                    // Where it leads says nothing of who was asked for.
                    status == GONE && hops == MOST_HOPS
                            ? new Fetched.Gone()
                            : status / 100 == 4
                                    ? new Fetched.None("it is answered " + status)
                                    : new Fetched.Unknown("it is answered " + status));
        } else {
            told.complete(answered.header("content-type")
                    .filter(DocumentFetch::isActivity)
                    .flatMap(type -> StrangeJson.read(answered.body()))
                    .<Fetched>map(document -> new Fetched.Found(address, document, hops))
                    .orElseGet(() -> new Fetched.None("what stands there is nothing for servers")));
        }
    }

    private void on(Town town, Optional<URI> next, int hops, CompletableFuture<Fetched> told) {
        if (next.isEmpty() || hops == 0) {
            told.complete(new Fetched.None("it leads nowhere"));
        } else {
            ask(town, next.get(), hops - 1, usual, told);
        }
    }

    /** Not what somebody has uploaded there (ActivityPub section 3.2). */
    private static boolean isActivity(String type) {
        String small = type.toLowerCase(Locale.ROOT);
        return small.startsWith("application/activity+json")
                || small.startsWith("application/ld+json") && small.contains(Contexts.STREAMS);
    }
}
