package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What happened in a run, and whether it may have. */
final class History {

    private static final String SIGN_IN = "sign-in";

    /** By then what a node heard is in the books, however often they refuse it, if it goes on. */
    private static final long WRITTEN = 3_000;

    private final World world;
    private final Map<Ref, OpenDispatch> opened = new HashMap<>();
    private final Map<Ref, Long> stopped = new HashMap<>();
    private final Map<SimPhone, Long> unticked = new HashMap<>();
    /** Since when somebody could be told, in commits; never who cannot yet, or not just now. */
    private final Map<SimPhone, Long> steadySince = new HashMap<>();

    private final Map<Ref, Long> openedIn = new HashMap<>();
    private final Map<Page, Long> begun = new IdentityHashMap<>();
    private final Map<Order.Entry, Long> orderedAt = new IdentityHashMap<>();
    private final Map<Page, Long> reachedForAt = new IdentityHashMap<>();
    private final Map<Page, Long> begunAt = new IdentityHashMap<>();
    private final Set<Page> landed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Page> counted = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Page> settled = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Known> knownStopped = new HashSet<>();
    private final Set<Ref> held = new HashSet<>();
    private final Map<Page, Map<Long, Outcome>> answers = new IdentityHashMap<>();
    private final List<Page> beginning = new ArrayList<>();
    private final Map<Ref, Map<SimPhone, List<Departure>>> departures = new HashMap<>();
    private final Map<Ref, Set<SimPhone>> accepted = new HashMap<>();
    private final List<Runnable> entering = new ArrayList<>();
    private final Map<Page, SimNode> begunBy = new IdentityHashMap<>();

    /** Pages of which some may leave once more: whoever carries them was interrupted, or a clock was set. */
    private final Set<Page> interrupted = Collections.newSetFromMap(new IdentityHashMap<>());

    private long commits;

    History(World world) {
        this.world = world;
    }

    /** What one node knows in one of its lives. */
    private record Known(SimNode node, int life, Ref ref) {}

    /** One message that left. */
    private static final class Departure {
        final long at;
        final Page page;

        @Nullable
        Outcome heard;

        /** Before its page landed. */
        boolean heardInTime;

        private final SimNode by;
        private long heardAt;

        /** When a page began by which it may leave once more. */
        private long triedAgainAt = -1;

        Departure(long at, SimNode by, Page page) {
            this.at = at;
            this.by = by;
            this.page = page;
        }

        void heard(Outcome outcome, boolean inTime, long now) {
            heard = outcome;
            heardInTime = inTime;
            heardAt = now;
        }

        void triedAgain(long now) {
            triedAgainAt = triedAgainAt < 0 ? now : triedAgainAt;
        }

        /** What was answered was in the books before it was tried again: whoever heard it went on. */
        boolean wasKnown() {
            return heard != null && heardAt + WRITTEN <= triedAgainAt && by.goesOn(heardAt, heardAt + WRITTEN);
        }

        boolean askedForMore() {
            return heard instanceof Outcome.Unfinished || hasFailed();
        }

        boolean hasFailed() {
            return heard instanceof Outcome.RetryAt || wasPutOff();
        }

        /** Its service said so: it has not arrived. */
        boolean wasPutOff() {
            return heard instanceof Outcome.OverQuota
                    || heard instanceof Outcome.TooMany
                    || heard instanceof Outcome.RetryAt retry && !retry.inDoubt();
        }
    }

    void opened(OpenDispatch dispatch) {
        openedIn.put(dispatch.ref(), ++commits);
        opened.put(dispatch.ref(), dispatch);
    }

    void unsteady(SimPhone phone) {
        steadySince.put(phone, Long.MAX_VALUE);
    }

    void steady(SimPhone phone) {
        steadySince.put(phone, ++commits);
    }

    /** Whether they could be told all the while: whom a page passed over is not counted. */
    private boolean isSteady(SimPhone phone, Ref ref) {
        return steadySince.getOrDefault(phone, 0L) <= openedIn.getOrDefault(ref, 0L);
    }

    void stopped(Ref ref) {
        stopped.putIfAbsent(ref, ++commits);
    }

    void held(Ref ref, boolean holds) {
        if (holds) {
            held.add(ref);
        } else {
            held.remove(ref);
        }
    }

    void sawStopped(SimNode node, Ref ref) {
        knownStopped.add(new Known(node, node.life(), ref));
    }

    void unticked(SimPhone phone) {
        unticked.putIfAbsent(phone, ++commits);
    }

    /** Something after which whatever this node has under way may leave once more. */
    void interrupted(SimNode node) {
        begunBy.forEach((page, by) -> {
            if (by == node && !counted.contains(page)) {
                interrupted.add(page);
            }
        });
    }

    /** Some clock was set: what any node has under way, or whose answers are waited for, may leave once more. */
    void jumped() {
        long answered = world.now()
                - World.POLICY.pacing().answer().toMillis()
                - World.POLICY.lease().toMillis();
        begunAt.forEach((page, at) -> {
            if (!counted.contains(page) || at >= answered) {
                interrupted.add(page);
            }
        });
    }

    void ordered(Order.Entry order) {
        if (order instanceof Order.Take) {
            orderedAt.put(order, world.now());
        }
    }

    Event entered(SimNode node, Order.Entry order, Event event, boolean commits) {
        if (commits) {
            entering.add(() -> note(order, event));
        }
        if (event instanceof Event.Took took && took.taken() instanceof Taken.Begun begins) {
            Page page = begins.page();
            Ref ref = took.ref();
            Instant until = page.dispatch().until();
            require(until == null || world.booksClock().isBefore(until), "a page of %s begins after the end", ref);
            require(!stopped.containsKey(ref), "a page of %s begins after it was stopped", ref);
            require(!held.contains(ref), "a page of %s begins while it is held", ref);
            OpenDispatch dispatch = Objects.requireNonNull(opened.get(ref));
            require(
                    !dispatch.notBefore().isAfter(dispatch.openedAt())
                            || !world.booksClock().isBefore(dispatch.notBefore()),
                    "a page of %s begins too early",
                    ref);
            reachedForAt.put(page, Objects.requireNonNull(orderedAt.get(order)));
            beginning.add(page);
            begunBy.put(page, node);
        }
        return event;
    }

    /** What became of a page is in the books, if that is committed. */
    void counted(Page page, boolean commits) {
        if (commits) {
            entering.add(() -> counted.add(page));
        }
    }

    /** Those of the same notice that it comes after, over the same channel. */
    List<OpenDispatch> older(OpenDispatch dispatch) {
        return opened.values().stream()
                .filter(older -> older.ref().town() == dispatch.ref().town()
                        && older.notice() == dispatch.notice()
                        && older.channel().equals(dispatch.channel())
                        && older.ref().dispatch() < dispatch.ref().dispatch())
                .toList();
    }

    /** Null where it is none of ours: a database has others' as well. */
    @Nullable
    OpenDispatch ours(Ref ref) {
        return opened.get(ref);
    }

    /** Once what is being entered is committed. */
    void onceCommitted(Runnable what) {
        entering.add(what);
    }

    /** Whether somebody's service took it, whoever heard of that. */
    boolean isAccepted(OpenDispatch dispatch, SimPhone phone) {
        return accepted.getOrDefault(dispatch.ref(), Set.of()).contains(phone);
    }

    /** Whoever refuses it, is given up, could not be told all the while or wanted it no more is no one who missed it. */
    boolean isNoMiss(OpenDispatch dispatch, SimPhone phone) {
        List<Departure> left = departures(dispatch.ref(), phone);
        return !isSteady(phone, dispatch.ref())
                || unticked.containsKey(phone)
                || left.stream()
                                .filter(each -> !(each.heard instanceof Outcome.Unfinished))
                                .count()
                        >= World.POLICY.retrying().attempts()
                || left.stream()
                        .anyMatch(each -> each.heard instanceof Outcome.Rejected
                                || each.heard instanceof Outcome.NeedsSignIn
                                || each.heard instanceof Outcome.Gone)
                || mayGiveUpOrigins(dispatch);
    }

    /** It has run for so long that who waits for an origin that is dead may be given up. */
    boolean mayGiveUpOrigins(OpenDispatch dispatch) {
        return !world.latest()
                .isBefore(dispatch.notBefore()
                        .plus(World.POLICY.retrying(dispatch.channel()).persistence()));
    }

    /** Whoever has got some of it goes on, as if this attempt had not failed, and not as one whom nothing has reached. */
    private static void checkUnfinished(Page page, PageResult result, Map<Long, Outcome> heard) {
        heard.forEach((key, outcome) -> {
            if (outcome instanceof Outcome.Unfinished) {
                require(
                        result.again().stream()
                                .anyMatch(again -> again.key() == key
                                        && again.inDoubt()
                                        && again.attempts() == page.attemptsOf(key)),
                        "%s is unfinished for %s: %s",
                        page.ref(),
                        key,
                        result);
            }
        });
    }

    private void note(Order.Entry order, Event event) {
        switch (event) {
            case Event.Took took ->
                world.coverage.saw(
                        switch (took.taken()) {
                            case Taken.Begun begins -> begin(begins.page());
                            case Taken.Accounted a ->
                                stopped.containsKey(took.ref()) ? "wound up, stopped" : "wound up, over";
                            case Taken.Finished f -> "finished";
                            case Taken.Nothing n -> "nothing to take";
                        });
            case Event.Settled settled -> {
                if (order instanceof Order.Settle settle) {
                    PageResult result = settle.result();
                    this.settled.add(settle.page());
                    world.coverage.saw("page settled");
                    if (result.again().stream().anyMatch(retry -> retry.reason().equals("unanswered"))) {
                        world.coverage.saw("page settled without its last answers");
                    }
                    if (result.again().stream().anyMatch(retry -> retry.reason().equals("origin"))) {
                        world.coverage.saw("parked for its origin");
                    }
                    if (Retry.of(settle.page(), result.again(), world.instant()).size()
                            < result.again().size()) {
                        world.coverage.saw("put off together");
                    }
                }
            }
            case Event.SettledLate late -> world.coverage.saw("answer after its page");
            default -> {}
        }
    }

    private String begin(Page page) {
        if (page.lease().slice() == Slice.RETRIES) {
            return "page of retries begun";
        }
        return isTakenOver(page) ? "page taken over" : "page begun";
    }

    private boolean isTakenOver(Page page) {
        return begun.keySet().stream()
                .anyMatch(older -> older.ref().equals(page.ref())
                        && older.lease().slice() == page.lease().slice()
                        && older.upTo() == page.upTo()
                        && older != page);
    }

    void committed() {
        commits++;
        entering.forEach(Runnable::run);
        entering.clear();
        for (Page page : beginning) {
            begun.put(page, commits);
            begunAt.put(page, world.now());
            page.recipients()
                    .forEach(recipient ->
                            departures(page.ref(), (SimPhone) recipient).forEach(each -> each.triedAgain(world.now())));
            require(!isOlderUnderWay(page), "%s does not wait for what it replaces", page.ref());
        }
        beginning.clear();
    }

    private boolean isOlderUnderWay(Page page) {
        return world.books.ofNotice(page.ref().town(), page.dispatch().notice()).stream()
                .filter(older -> older.ref().dispatch() < page.ref().dispatch()
                        && older.channel().equals(page.dispatch().channel()))
                .flatMap(older -> world.books.allSlices(older.ref()).stream())
                .anyMatch(slice -> slice.underWay() && world.booksClock().isBefore(slice.leasedUntil()));
    }

    void rolledBack() {
        entering.clear();
        beginning.clear();
    }

    /** Whether its lease had begun shortly before. */
    boolean isLeased(Page page, long at) {
        return at - reachedForAt.get(page) < World.POLICY.lease().toMillis() / 2;
    }

    void left(SimNode node, Page page, SimPhone phone) {
        Ref ref = page.ref();
        checkThatItMayLeave(node, page, phone);
        OpenDispatch dispatch = Objects.requireNonNull(opened.get(ref));
        if (SimTowns.notesWhoMissed(dispatch.channel())) {
            world.misses.checkThatItIsKnown(dispatch, phone);
        }
        List<Departure> before =
                departures.computeIfAbsent(ref, r -> new HashMap<>()).computeIfAbsent(phone, p -> new ArrayList<>());
        if (!before.isEmpty()) {
            again(ref, page, phone, before);
        }
        before.add(new Departure(world.now(), node, page));
    }

    /** After one message another leaves. */
    void goesOn(SimNode node, Page page, SimPhone phone) {
        checkThatItMayLeave(node, page, phone);
    }

    private void checkThatItMayLeave(SimNode node, Page page, SimPhone phone) {
        Ref ref = page.ref();
        OpenDispatch dispatch = Objects.requireNonNull(opened.get(ref));
        Instant clock = node.clock();
        Instant until = dispatch.until();
        require(until == null || clock.isBefore(until), "%s left for %s after the end", ref, phone);
        Long beginning = begun.get(page);
        require(beginning != null, "%s left for %s in a page that is not in the books", ref, phone);
        Long stop = stopped.get(ref);
        require(
                !node.isEven(reachedForAt.get(page))
                        || world.now() - begunAt.get(page)
                                <= World.POLICY.lease().toMillis(),
                "%s left for %s when the lease had run out",
                ref,
                phone);
        require(stop == null || beginning < stop, "%s left for %s in a page begun after it was stopped", ref, phone);
        require(!settled.contains(page), "%s left for %s in a page that is settled", ref, phone);
        require(
                !knownStopped.contains(new Known(node, node.life(), ref)),
                "%s left for %s although %s knew that it was stopped",
                ref,
                phone,
                node);
        require(world.books.wasFor(dispatch, phone.key()), "%s is not for %s", ref, phone);
        require(
                world.books.isFor(dispatch, phone.key()) || beginning < unticked.get(phone),
                "%s left for %s in a page begun after they wanted it no more",
                ref,
                phone);
        require(phone.channel().equals(dispatch.channel()), "%s does not reach %s", ref, phone);
        require(phone.key() <= dispatch.upper(), "%s is not for %s, who came later", ref, phone);
        if (world.isEven(reachedForAt.get(page))) {
            opened.values().stream()
                    .filter(newer -> newer.ref().town() == ref.town()
                            && newer.notice() == dispatch.notice()
                            && newer.ref().dispatch() > ref.dispatch()
                            && !world.books.isPart(newer, dispatch))
                    .forEach(newer -> require(
                            !departures.getOrDefault(newer.ref(), Map.of()).containsKey(phone),
                            "%s overtook %s on the way to %s",
                            newer.ref(),
                            ref,
                            phone));
        }
        opened.values().stream()
                .filter(part ->
                        world.books.isPart(part, dispatch) && !part.ref().equals(ref))
                .forEach(part -> require(
                        !departures.getOrDefault(part.ref(), Map.of()).containsKey(phone),
                        "%s is told by both %s and %s",
                        phone,
                        part.ref(),
                        ref));
    }

    /** Who is told twice asked for it, did not answer in time, or was in a page that something interrupted. */
    private void again(Ref ref, Page page, SimPhone phone, List<Departure> before) {
        long attempts = before.stream()
                .filter(each -> counted.contains(each.page) && each.heardInTime && each.hasFailed())
                .count();
        // By a clock that is behind its beginning a dispatch has not run yet.
        require(
                attempts < World.POLICY.retrying().attempts()
                        || !world.isEven(0)
                        || phone.channel().equals(SimPhone.LETTER),
                "%s left for %s, who was tried %s times",
                ref,
                phone,
                attempts);
        Departure last = before.getLast();
        boolean askedForIt = last.askedForMore();
        boolean silent = last.heard == null
                && world.now() - last.at >= World.POLICY.pacing().answer().toMillis() - 200;
        boolean repeatable = world.towns.repeatable(phone.channel());
        require(repeatable || askedForIt, "%s left twice for %s, and must not", ref, phone);
        if (!askedForIt && !(silent && repeatable)) {
            require(
                    !world.isEven(Math.min(reachedForAt.get(last.page), reachedForAt.get(page)))
                            || isSamePage(last, page),
                    "%s left twice for %s, in two different pages",
                    ref,
                    phone);
            require(
                    interrupted.contains(last.page) || interrupted.contains(page) || isDueBeforeItIsKnown(last, page),
                    "%s left twice for %s, whose page nothing interrupted",
                    ref,
                    phone);
            world.coverage.saw("told twice after an interruption");
        }
    }

    /** It was not settled by whoever had it; or its answer was waited for in vain, or lost with its node. */
    private boolean isSamePage(Departure last, Page page) {
        Page before = last.page;
        boolean same = before.lease().slice() == page.lease().slice()
                && before.lease().fence() != page.lease().fence()
                && before.upTo() == page.upTo();
        return same && !counted.contains(before) || isDueBeforeItIsKnown(last, page);
    }

    /** It is tried again since its answer was not in the books in time. */
    private boolean isDueBeforeItIsKnown(Departure last, Page page) {
        return page.lease().slice() == Slice.RETRIES
                && world.now() - last.at >= World.POLICY.pacing().answer().toMillis() - 200
                && !(counted.contains(last.page) && last.wasKnown());
    }

    void accepted(Ref ref, SimPhone phone) {
        accepted.computeIfAbsent(ref, r -> new HashSet<>()).add(phone);
    }

    void heard(SimNode node, Event.Answered answered) {
        Page page = answered.page();
        if (answered.outcome() instanceof Outcome.Unfinished) {
            world.coverage.saw("unfinished");
        }
        answers.computeIfAbsent(page, p -> new HashMap<>())
                .put(answered.recipient().key(), answered.outcome());
        departures(page.ref(), (SimPhone) answered.recipient()).stream()
                .filter(departure -> departure.page == page)
                .forEach(departure -> departure.heard(answered.outcome(), !landed.contains(page), world.now()));
    }

    private List<Departure> departures(Ref ref, SimPhone phone) {
        return departures.getOrDefault(ref, Map.of()).getOrDefault(phone, List.of());
    }

    /** What is to be written of a page is what was answered: each of its recipients once. */
    void landed(SimNode node, Order.Settle settle) {
        Page page = settle.page();
        PageResult result = settle.result();
        if (!landed.add(page)) {
            return;
        }
        Map<Long, Outcome> heard = answers.getOrDefault(page, Map.of());
        Tally tally = result.tally();
        require(
                tally.total() + result.again().size() == page.recipients().size(),
                "%s of %s recipients: %s",
                page.ref(),
                page.recipients().size(),
                result);
        checkAnswers(page, result, heard.values());
        world.misses.check(page, page.keys(), result, heard);
        checkUnfinished(page, result, heard);
        if (failed(tally, "origin") > 0) {
            world.coverage.saw("given up with its origin");
            Duration persistence =
                    World.POLICY.retrying(page.dispatch().channel()).persistence();
            require(
                    !world.latest().isBefore(page.dispatch().notBefore().plus(persistence)),
                    "%s gives up an origin too early: %s",
                    page.ref(),
                    result);
        }
        require(
                tally.stopped() == 0 || knownStopped.contains(new Known(node, node.life(), page.ref())),
                "%s stopped, as far as nobody knows: %s",
                page.ref(),
                result);
        require(
                tally.expired() == 0 || page.dispatch().isOver(world.latest()),
                "%s expired before its end: %s",
                page.ref(),
                result);
    }

    void cameLate(Order.SettleLate late) {
        PageResult result = late.result();
        require(
                result.tally().total() + result.again().size() == 1,
                "%s of one: %s",
                late.page().ref(),
                result);
        Outcome answer = answers.get(late.page()).get(late.key());
        checkAnswers(late.page(), result, List.of(answer));
        world.misses.check(late.page(), List.of(late.key()), result, Map.of(late.key(), answer));
        checkUnfinished(late.page(), result, Map.of(late.key(), answer));
    }

    private static void checkAnswers(Page page, PageResult result, Collection<Outcome> heard) {
        Tally tally = result.tally();
        long accepted =
                heard.stream().filter(Outcome.Accepted.class::isInstance).count();
        long gone = heard.stream().filter(Outcome.Gone.class::isInstance).count();
        require(tally.accepted() == accepted, "%s: %s were accepted: %s", page.ref(), accepted, result);
        require(tally.gone() == gone && result.gone().size() == gone, "%s: %s are gone: %s", page.ref(), gone, result);
    }

    /** At rest: is everybody accounted for, and the account true? */
    void check() {
        for (OpenDispatch dispatch : world.books.all()) {
            check(dispatch);
        }
    }

    private void check(OpenDispatch dispatch) {
        Ref ref = dispatch.ref();
        Tally tally = world.books.account(ref);
        Set<SimPhone> stayed = new HashSet<>();
        Set<SimPhone> went = new HashSet<>();
        Set<SimPhone> changed = new HashSet<>();
        for (SimPhone phone : world.towns.ever) {
            if (phone.town() == ref.town()
                    && phone.channel().equals(dispatch.channel())
                    && world.books.wasFor(dispatch, phone.key())) {
                boolean isFor = world.books.isFor(dispatch, phone.key());
                boolean stays = isFor && isSteady(phone, ref);
                (world.towns.left.contains(phone) ? went : stays ? stayed : changed).add(phone);
            }
        }
        int meant = meant(dispatch, stayed.size() + went.size() + changed.size());
        require(
                stayed.size() <= tally.total() && tally.total() <= meant,
                "%s accounts for %s of %s to %s: %s",
                ref,
                tally.total(),
                stayed.size(),
                meant,
                tally);
        require(tally.gone() <= went.size(), "%s: of %s who left are gone: %s", ref, went.size(), tally);
        Set<SimPhone> taken = accepted.getOrDefault(ref, Set.of());
        Map<SimPhone, List<Departure>> left = departures.getOrDefault(ref, Map.of());
        require(tally.accepted() <= taken.size(), "%s: %s accepted, of %s", ref, tally, taken.size());
        require(tally.accepted() == tally.delays().count(), "%s: as many delays as acceptances: %s", ref, tally);
        require(
                tally.failed() - failed(tally, "origin") + tally.accepted() <= left.size(),
                "%s: failed without leaving: %s",
                ref,
                tally);
        checkReasons(ref, tally, left);
        boolean ended = dispatch.until() != null && !world.latest().isBefore(dispatch.until());
        require(tally.expired() == 0 || ended, "%s expired before its end: %s", ref, tally);
        older(dispatch).stream()
                .filter(older -> !world.books.isPart(older, dispatch))
                .flatMap(older -> departures.getOrDefault(older.ref(), Map.of()).keySet().stream())
                .filter(phone -> !world.towns.left.contains(phone))
                .forEach(phone -> require(
                        opened.values().stream()
                                .filter(part -> world.books.isPart(part, dispatch))
                                .anyMatch(part -> world.books.isFor(part, phone.key())),
                        "%s does not go to %s, whom what it replaces reached",
                        ref,
                        phone));
        boolean halted = stopped.containsKey(ref);
        require(halted || tally.stopped() <= unticks(ref), "%s stopped, which nobody asked for: %s", ref, tally);
        if (!halted && tally.stopped() > 0) {
            world.coverage.saw("wanted it no more when tried again");
        }
        if (!ended && !halted) {
            Set<SimPhone> forgotten = new TreeSet<>((a, b) -> Long.compare(a.key(), b.key()));
            forgotten.addAll(stayed);
            forgotten.removeAll(left.keySet());
            // With their origin somebody may be given up whom nothing left for, or may have.
            long givenUp = mayGiveUpOrigins(dispatch) ? failed(tally, "origin") + tally.unknown() : 0;
            require(
                    forgotten.size() <= givenUp || !world.towns.repeatable(dispatch.channel()),
                    "%s forgot %s: %s",
                    ref,
                    forgotten,
                    tally);
        }
        if (!world.faults()) {
            long heard = left.values().stream()
                    .filter(each -> each.stream().anyMatch(d -> d.heard instanceof Outcome.Accepted))
                    .count();
            require(tally.accepted() == heard, "%s: %s accepted, but counted %s", ref, heard, tally);
            long amid = left.values().stream()
                    .filter(each -> each.stream().anyMatch(d -> d.heard instanceof Outcome.Unfinished))
                    .count();
            require(tally.unknown() <= amid, "%s: nothing went wrong, yet %s", ref, tally);
        }
        long told = left.values().stream()
                .filter(each -> !each.stream().allMatch(Departure::wasPutOff))
                .count();
        require(
                tally.stopped() + tally.expired() + givenUp(tally) <= meant - told,
                "%s: counted as not told are some of %s who may have been: %s",
                ref,
                told,
                tally);
        if (tally.unknown() > 0) {
            world.coverage.saw("counted as unknown");
        }
        if (tally.expired() > 0) {
            world.coverage.saw("counted as expired");
        }
        if (tally.stopped() > 0) {
            world.coverage.saw("counted as stopped");
        }
    }

    /** What is stopped before it begins counts whom the pages that it was to follow may have reached; they may reach fewer. */
    private int meant(OpenDispatch dispatch, int exactly) {
        boolean follows = world.books.ofNotice(dispatch.ref().town(), dispatch.notice()).stream()
                .anyMatch(older -> older.ref().dispatch() < dispatch.ref().dispatch());
        return follows && stopped.containsKey(dispatch.ref()) && !departures.containsKey(dispatch.ref())
                ? world.towns.ever.size()
                : exactly;
    }

    private long unticks(Ref ref) {
        return unticked.keySet().stream()
                .filter(phone -> phone.town() == ref.town())
                .count();
    }

    /** How many failed although nothing but patience was asked of them. */
    private static long givenUp(Tally tally) {
        return tally.failed() - failed(tally, SimNetwork.REFUSED) - failed(tally, SIGN_IN);
    }

    private static long failed(Tally tally, String reason) {
        return tally.failures().byReason().getOrDefault(reason, 0L);
    }

    /** Each failure has a reason, and as many heard it at least. */
    private static void checkReasons(Ref ref, Tally tally, Map<SimPhone, List<Departure>> left) {
        tally.failures().byReason().forEach((reason, count) -> {
            if (reason.equals("origin")) {
                return;
            }
            long heard = left.values().stream()
                    .filter(each -> each.stream().anyMatch(departure -> reason.equals(reason(departure.heard))))
                    .count();
            require(count <= heard, "%s: %s failed by %s, of %s who heard it", ref, count, reason, heard);
        });
    }

    private static @Nullable String reason(@Nullable Outcome heard) {
        if (heard instanceof Outcome.Rejected(String reason)) {
            return reason;
        }
        if (heard instanceof Outcome.RetryAt retry) {
            return retry.reason();
        }
        if (heard instanceof Outcome.TooMany) {
            return "429";
        }
        if (heard instanceof Outcome.NeedsSignIn) {
            return SIGN_IN;
        }
        return heard instanceof Outcome.OverQuota ? "quota" : null;
    }

    static void require(boolean condition, String message, Object... arguments) {
        if (!condition) {
            throw new AssertionError(message.formatted(arguments));
        }
    }
}
