package fr.tambour.fediverse.internal;

import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.FannedOutChannel.Mailing;
import fr.tambour.dispatch.Outcome;
import fr.tambour.fediverse.internal.Activities.Repost;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One errand on its way to inboxes, each of which is told once, whichever of the town's accounts are followed there: whom
 * nothing of the notice can have reached is told as if it were new.
 */
final class FediverseMailing implements Mailing<FollowingInbox> {

    /** With what a second activity may take, still less than the engine waits for an answer. */
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final Errand errand;
    private final Actor town;
    private final Activities.Said said;
    private final Told told;
    private final Delivery delivery;
    private final Standing standing;
    private final BooleanSupplier stands;
    private final Predicate<FollowingInbox> keptOut;
    private final UnaryOperator<Actor> current;
    private final Clock clock;

    /** What did not follow what was taken: with what it goes on when it is tried again. */
    private final Map<Long, Unfinished> unfinished = new ConcurrentHashMap<>();

    /** @param refused what was refused before it; null where nothing was */
    private record Unfinished(List<Post> left, Outcome.@Nullable Rejected refused) {}

    /**
     * @param town its own account
     * @param told whom the errand is for, by the accounts they follow
     * @param stands whether what the errand tells is still what stands
     * @param keptOut whether somebody's server was blocked a moment ago, so that nothing new leaves for it
     * @param current an account as it is now: this lives for hours, and its key may be another
     */
    FediverseMailing(
            Errand errand,
            Actor town,
            Activities.Said said,
            Told told,
            Delivery delivery,
            Standing standing,
            BooleanSupplier stands,
            Predicate<FollowingInbox> keptOut,
            UnaryOperator<Actor> current,
            Clock clock) {
        this.errand = errand;
        this.town = town;
        this.said = said;
        this.told = told;
        this.delivery = delivery;
        this.standing = standing;
        this.stands = stands;
        this.keptOut = keptOut;
        this.current = current;
        this.clock = clock;
    }

    @Override
    public void send(
            FollowingInbox inbox, @Nullable Instant notAfter, BooleanSupplier wanted, Consumer<Outcome> answer) {
        send(inbox, notAfter, wanted, () -> {}, answer);
    }

    @Override
    public void send(
            FollowingInbox inbox,
            @Nullable Instant notAfter,
            BooleanSupplier wanted,
            Runnable goesOn,
            Consumer<Outcome> answer) {
        Unfinished begun = unfinished.remove(inbox.key());
        List<Post> posts = begun == null ? saidTo(inbox) : begun.left();
        if (posts.isEmpty()) {
            answer.accept(new Outcome.Rejected("nobody follows"));
            return;
        }
        Instant latest = clock.instant().plus(LONGEST);
        BooleanSupplier inTime = () -> clock.instant().isBefore(latest) && stands.getAsBoolean();
        AtomicReference<Outcome.@Nullable Rejected> refused =
                new AtomicReference<>(begun == null ? null : begun.refused());
        Consumer<Outcome> settled = came -> {
            if (came instanceof Outcome.Rejected one) {
                refused.compareAndSet(null, one);
            }
            goesOn.run();
        };
        List<Post> signed = posts.stream()
                .map(post -> new Post(current.apply(post.from()), post.activity()))
                .toList();
        BooleanSupplier still = () -> wanted.getAsBoolean() && !keptOut.test(inbox);
        delivery.send(inbox.address(), signed, notAfter, still, inTime, settled, (came, left) -> {
            boolean begins = begun == null && left.size() == posts.size();
            Outcome outcome = outcome(came, begins, inbox);
            if (!begins && (outcome instanceof Outcome.RetryAt || outcome instanceof Outcome.Unfinished)) {
                unfinished.put(inbox.key(), new Unfinished(left, refused.get()));
            }
            Outcome.Rejected before = refused.get();
            // What was refused amid a thread leaves a gap in it, whatever came of its end.
            Outcome all = outcome instanceof Outcome.Accepted && before != null ? before : outcome;
            standing.heard(errand.town(), inbox, all);
            answer.accept(all);
        });
    }

    /** @param begins whether nothing of it was answered for before */
    private static Outcome outcome(Outcome came, boolean begins, FollowingInbox inbox) {
        return switch (came) {
            // That too much is done here is not their fault.
            case Outcome.RetryAt later ->
                !later.reason().equals(Delivery.BUSY)
                        ? came
                        : begins ? new Outcome.Recalled() : new Outcome.Unfinished();
            case Outcome.Recalled recalled -> begins ? came : new Outcome.Unfinished();
            case Outcome.Expired expired -> begins ? came : new Outcome.Unfinished();
            // A whole server is not gone because its shared inbox has moved, or says so for a moment.
            case Outcome.Gone gone -> inbox.shared() ? new Outcome.Rejected("410") : came;
            case Outcome.Accepted accepted -> came;
            case Outcome.Rejected rejected -> came;
            case Outcome.TooMany many -> came;
            case Outcome.OverQuota over -> came;
            case Outcome.NeedsSignIn sign -> came;
            case Outcome.Unknown unknown -> came;
            case Outcome.Unfinished unfinished -> came;
        };
    }

    /** In the order in which they are to arrive. */
    List<Post> saidTo(FollowingInbox inbox) {
        List<Told.Earlier> reached =
                told.earlier().stream().filter(one -> one.covers(inbox.key())).toList();
        if (said.anew() == null) {
            return takenBack(inbox, reached);
        }
        Optional<Instant> before =
                reached.stream().map(one -> one.reach().openedAt()).min(Comparator.naturalOrder());
        List<Post> posts = new ArrayList<>();
        if (before.isEmpty()) {
            isNew(inbox, posts);
        } else if (said.isMeantForWhoKnows() && inbox.mayHaveMissed(before.get())) {
            // Who knows the notice does nothing about being told of it as if it were new.
            isNew(inbox, posts);
            List<byte[]> known = posts.stream().map(Post::activity).toList();
            again().filter(post -> known.stream().noneMatch(one -> one == post.activity()))
                    .forEach(posts::add);
        } else {
            again().forEach(posts::add);
            said.reposts().stream()
                    .filter(repost ->
                            repost.isDone() && inbox.follows(repost.by().id()))
                    .filter(repost -> !mayHaveReposted(repost, inbox, last(reached)))
                    .forEach(repost -> posts.add(new Post(repost.by(), repost.announce())));
        }
        if (before.isPresent()) {
            List<Told.Earlier> inDoubt = inbox.mayHaveMissed(before.get()) ? reached : last(reached);
            said.reposts().stream()
                    .filter(repost -> !repost.meant() && mayHaveReposted(repost, inbox, inDoubt))
                    .forEach(repost -> posts.add(new Post(repost.by(), repost.undo())));
        }
        return posts;
    }

    /** The town's account writes it, those of themes repost it: a server whose people follow only these reads it by that. */
    private void isNew(FollowingInbox inbox, List<Post> posts) {
        if (inbox.follows(town.id()) && said.anew() != null) {
            said.anew().forEach(activity -> posts.add(new Post(town, activity)));
        }
        said.reposts().stream()
                .filter(repost -> repost.isDone() && inbox.follows(repost.by().id()))
                .forEach(repost -> posts.add(new Post(repost.by(), repost.announce())));
    }

    /**
     * With the post its reposts go; where nobody follows whose post it is, these are taken back by themselves as well. The post goes
     * first: it is the one that matters. Who missed it is not spared: that is only ever noted of who may have, and who does not know
     * a post does nothing about its end.
     */
    private List<Post> takenBack(FollowingInbox inbox, List<Told.Earlier> reached) {
        List<Post> posts = new ArrayList<>(again().toList());
        if (!inbox.follows(town.id())) {
            said.reposts().stream()
                    .filter(repost -> mayHaveReposted(repost, inbox, reached))
                    .forEach(repost -> posts.add(new Post(repost.by(), repost.undo())));
        }
        return posts;
    }

    /** What was told last: what was taken back before that was told again since, if it was to be. */
    private static List<Told.Earlier> last(List<Told.Earlier> reached) {
        return reached.stream().max(Comparator.comparing(one -> one.reach().openedAt())).stream()
                .toList();
    }

    private Stream<Post> again() {
        return said.again().stream().map(activity -> new Post(town, activity));
    }

    private static boolean mayHaveReposted(Repost repost, FollowingInbox inbox, List<Told.Earlier> reached) {
        return reached.stream()
                .anyMatch(one -> one.accounts().contains(repost.by().id())
                        && inbox.followed(repost.by().id(), one.reach().openedAt()));
    }
}
