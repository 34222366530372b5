package fr.tambour.dispatch.internal.engine;

import static fr.tambour.dispatch.internal.engine.History.require;

import fr.tambour.dispatch.Outcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who missed what a dispatch was to tell them since it was stopped or its end came, where their channel wants to know. All of them
 * are noted, each once and nobody else, before what follows begins: so nobody hears that something has changed who never heard of it.
 */
final class Misses {

    private final World world;
    private final Map<Ref, Set<Long>> noted = new HashMap<>();

    Misses(World world) {
        this.world = world;
    }

    // --- As it is written ---

    /** About to be entered; null where nothing is reached for of which anybody notes who missed it. */
    @Nullable
    LeftBehind leftBehind(Ledger ledger, Order.Entry order) {
        OpenDispatch dispatch = order instanceof Order.Take take ? world.history.ours(take.ref()) : null;
        return dispatch != null && SimTowns.notesWhoMissed(dispatch.channel())
                ? new LeftBehind(dispatch.ref(), ledger)
                : null;
    }

    /** A page, or a late answer, is entered. */
    void settled(Settling settling, List<SimTowns.Missed> noted, boolean commits) {
        OpenDispatch dispatch = settling.page().dispatch();
        Set<Long> missed = SimTowns.notesWhoMissed(dispatch.channel()) ? settling.missed() : Set.of();
        check(dispatch.ref(), missed, noted, "missed, as its page is settled", commits);
    }

    /** Its next page is reached for. */
    void reachedFor(Ledger ledger, LeftBehind left, Event.Took took, List<SimTowns.Missed> noted, boolean commits) {
        Set<Long> ofPages = left.ofPages(ledger);
        if (ofPages.isEmpty()) {
            check(took.ref(), left.ofRetries(ledger), noted, "missed, as it was to be tried again", commits);
        } else {
            check(took.ref(), ofPages, noted, "missed, by a page whose holder is gone", commits);
        }
        boolean begins = took.taken() instanceof Taken.Begun;
        if (begins || took.taken() instanceof Taken.Nothing && left.mayGoOn(ledger)) {
            boolean open =
                    world.history.older(left.dispatch()).stream().anyMatch(older -> LeftBehind.isOpen(ledger, older));
            require(!begins || !open, "a page of %s begins before it is known who missed what it follows", took.ref());
            if (open) {
                world.coverage.saw("waits to know who missed it");
            }
        }
    }

    /** Anything else is entered: of ours, nobody misses anything by that. */
    void nothing(Order.Entry order, List<SimTowns.Missed> noted) {
        boolean isOthers = order instanceof Order.Take take && world.history.ours(take.ref()) == null;
        require(noted.isEmpty() || isOthers, "%s notes that they missed it: %s", order, noted);
    }

    private void check(Ref ref, Set<Long> missed, List<SimTowns.Missed> noted, String how, boolean commits) {
        Set<SimTowns.Missed> wanted =
                missed.stream().map(key -> new SimTowns.Missed(ref.town(), key)).collect(Collectors.toSet());
        require(
                noted.size() == wanted.size() && wanted.containsAll(noted),
                "%s was missed by %s, and noted are %s",
                ref,
                wanted,
                noted);
        if (commits && !missed.isEmpty()) {
            world.history.onceCommitted(() -> {
                world.coverage.saw(how);
                this.noted.computeIfAbsent(ref, r -> new HashSet<>()).addAll(missed);
            });
        }
    }

    // --- As its page lands ---

    /** Of those who are neither to be tried again nor answered for all have missed it, but for who is given up with their origin. */
    void check(Page page, Collection<Long> keys, PageResult result, Map<Long, Outcome> heard) {
        Set<Long> left = new HashSet<>(keys);
        result.again().forEach(again -> left.remove(again.key()));
        left.removeIf(key -> heard.containsKey(key) && hasLeft(heard.get(key)));
        Set<Long> missed = new HashSet<>(result.missed());
        require(
                missed.size() == result.missed().size()
                        && left.containsAll(missed)
                        && (missed.size() == left.size() || world.history.mayGiveUpOrigins(page.dispatch())),
                "%s was missed by %s: %s",
                page.ref(),
                left,
                result);
        require(
                result.tally().stopped() + result.tally().expired()
                        == missed.stream().filter(key -> !page.isInDoubt(key)).count(),
                "%s was missed by %s, some of whom may have been told: %s",
                page.ref(),
                missed,
                result);
    }

    private static boolean hasLeft(Outcome outcome) {
        return !(outcome instanceof Outcome.Expired) && !(outcome instanceof Outcome.Recalled);
    }

    // --- As what follows leaves ---

    /** What follows goes to whom the notice has reached, to whom it is noted that they may have missed it, or as if it were new. */
    void checkThatItIsKnown(OpenDispatch dispatch, SimPhone phone) {
        List<OpenDispatch> followed = world.history.older(dispatch).stream()
                .filter(older -> !world.books.isPart(older, dispatch))
                .toList();
        if (followed.stream()
                .anyMatch(older -> noted.getOrDefault(older.ref(), Set.of()).contains(phone.key()))) {
            world.coverage.saw("told of what they missed");
            return;
        }
        require(
                followed.stream()
                                .anyMatch(older ->
                                        world.history.isAccepted(older, phone) || world.history.isNoMiss(older, phone))
                        || !world.books.follows(dispatch, phone.key()),
                "%s tells %s that what they never heard of has changed",
                dispatch.ref(),
                phone);
    }
}
