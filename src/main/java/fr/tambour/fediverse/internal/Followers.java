package fr.tambour.fediverse.internal;

import fr.tambour.town.TownId;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Who follows, and the inboxes in which they read. */
interface Followers {

    /**
     * Adds one; whoever follows already is only noted to read from now on where they say. In the caller's transaction.
     *
     * @param follow the activity by which they asked
     * @return false where one host has more inboxes already than any server of people has
     */
    boolean add(Actor followed, RemoteActor follower, URI follow, Instant now);

    /** Whether who is called so follows any of the town's accounts. */
    boolean follows(TownId town, URI follower);

    /** Whether who is called so follows this account. */
    boolean follows(Actor followed, URI follower);

    /** They follow no more. In the caller's transaction. */
    void remove(Actor followed, URI follower, Instant now);

    /** Who was called so is another now, and follows what they followed. In the caller's transaction. */
    void move(TownId town, URI from, RemoteActor to, Instant now);

    /** Whoever is called so, if they follow anything, is told from now on where they say. In the caller's transaction. */
    void readsAt(TownId town, RemoteActor follower, Instant now);

    /** They take back what they asked for by this activity. In the caller's transaction. */
    void removeAsked(Actor followed, URI follower, URI follow, Instant now);

    /** Who is called so follows none of the town's accounts any more. In the caller's transaction. */
    void removeEverywhere(TownId town, URI follower, Instant now);

    /** Nobody follows this account any more: it is no more. In the caller's transaction. */
    void removeAll(Actor followed, Instant now);

    /**
     * Somebody who follows.
     *
     * @param account which of the town's
     * @param inbox where they read
     * @param alone whether nobody else of their server reads there
     * @param follow the activity by which they asked
     */
    record Follower(long id, long account, URI who, URI inbox, boolean alone, URI follow) {}

    /** Of all of the town's accounts, by their ids, no more than so many. */
    List<Follower> page(TownId town, long after, int limit);

    /** Somebody, where they follow this account. */
    List<Follower> of(Actor followed, String who);

    /** These follow no more. In the caller's transaction. */
    void remove(TownId town, List<Follower> those, Instant now);

    long count(Actor followed);

    /** Of all inboxes there ever were. */
    long highestKey(TownId town);

    /**
     * Those from which an account that is meant is followed and that are not set aside, and those from which one was, and that
     * were not, when an earlier errand may have reached them; ascending. What has been set aside for a while is tried once more.
     */
    List<FollowingInbox> inboxes(TownId town, Told told, long after, long upTo, int limit);

    /** How many they are, without a bound. */
    long count(TownId town, Told told, long after, long upTo);

    /** The same of these keys, those that were set aside meanwhile among them: they are tried as long as the others. */
    List<FollowingInbox> inboxes(TownId town, Told told, Collection<Long> keys);

    /** The key of the {@code count}th above {@code after}; {@code upTo} where fewer are left up to there. */
    long boundary(TownId town, long after, long upTo, int count);

    /** Those of these inboxes that are there at all. */
    Set<Long> known(TownId town, Collection<Long> keys);

    /** These hosts took something, or spoke: they are told again what is new. In the caller's transaction. */
    void areWell(TownId town, Set<String> hosts, Instant now);

    /**
     * These hosts took nothing; one that took nothing for a week and failed time and again in it is set aside, unless nobody takes
     * anything: then it is rather our own line that is cut. In the caller's transaction.
     *
     * @param before whoever was noted later than that, for the same reason, needs no new note
     */
    void fail(TownId town, Set<String> hosts, Failure why, Instant now, Instant before);

    /** The same of these inboxes alone: others on their hosts may be wanted. */
    void refuse(TownId town, Collection<Long> keys, Failure why, Instant now, Instant before);

    /** What was to be told here may not have arrived. In the caller's transaction. */
    void missed(TownId town, Collection<Long> keys, Instant now);

    /**
     * Forgets an inbox that is gone, and whoever read there, unless somebody else is just changing it. In the caller's transaction, in
     * whatever order: it waits for nobody.
     */
    void forget(TownId town, FollowingInbox gone);
}
