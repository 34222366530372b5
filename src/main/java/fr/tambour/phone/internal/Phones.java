package fr.tambour.phone.internal;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Choices;
import fr.tambour.dispatch.Choices.QuietHours;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who asked to be told, and of what. Every method belongs into a transaction of the caller. */
public interface Phones {

    /**
     * A phone as it stands.
     *
     * @param active whether it gave back the token that was pushed to it
     * @param token the MAC of the token that was pushed to it last; of who gave one back before this was kept, null
     * @param pendingSince when that token was made, while it is awaited
     * @param chosenAt since when its choices are in force; null if it never was active
     */
    record Standing(
            Phone phone,
            Choices choices,
            boolean active,
            @Nullable String token,
            @Nullable Instant pendingSince,
            YearMonth seen,
            @Nullable Instant chosenAt) {

        /** Whether its choices count from a moment that has not come: they were made before a clock was set back. */
        boolean isAhead(Instant now) {
            return chosenAt != null && chosenAt.isAfter(now);
        }

        Standing chosenAt(Instant since) {
            return new Standing(phone, choices, active, token, pendingSince, seen, since);
        }
    }

    /** Choices of one phone that others took the place of: whoever changes its mind all day long takes no more room. */
    int MOST_PAST = 20;

    /**
     * What was in force from an instant on, until another, exclusive. Where the end lies before the beginning, a clock was set
     * back in between: then nobody knows since when it was.
     */
    interface Former {
        Instant from();

        Instant until();

        default boolean hadBegunBy(Instant at) {
            return from().isAfter(until()) || !at.isBefore(from());
        }

        default boolean wasInForce(Instant at) {
            return hadBegunBy(at) && at.isBefore(until());
        }
    }

    /** Choices that were in force. */
    record Past(Choices choices, Instant from, Instant until) implements Former {

        /** In force whenever one of the two was, for whatever one of the two let through: some are told too much. */
        Past with(Past other) {
            boolean dated = !from.isAfter(until) && !other.from.isAfter(other.until);
            return new Past(
                    either(choices, other.choices),
                    !dated ? Instant.EPOCH : from.isBefore(other.from) ? from : other.from,
                    until.isAfter(other.until) ? until : other.until);
        }

        /**
         * Where subjects differ it is all of them: of those that the town has dropped since, the others would make fewer (who
         * chose nothing else has all).
         */
        private static Choices either(Choices one, Choices other) {
            boolean anyKind = one.kinds().isEmpty() || other.kinds().isEmpty();
            return new Choices(
                    anyKind
                            ? Set.of()
                            : Stream.concat(one.kinds().stream(), other.kinds().stream())
                                    .collect(Collectors.toSet()),
                    one.themes().equals(other.themes()) ? one.themes() : Set.of(),
                    one.districts().equals(other.districts()) ? one.districts() : Set.of(),
                    Objects.equals(one.quiet(), other.quiet()) ? one.quiet() : null,
                    other.language(),
                    one.exercises() || other.exercises());
        }
    }

    /** Which choices of which phone, and when they were in force. */
    record Superseded(long phone, Instant from, Instant until) implements Former {

        static final Superseded NONE = new Superseded(0, Instant.EPOCH, Instant.EPOCH);
    }

    /**
     * How many active phones a town has.
     *
     * @param byOrigin by the push service's host
     * @param byChoices by equal choices: what a page adds up
     */
    record Census(int active, Map<String, Integer> byOrigin, Map<Choices, Integer> byChoices) {}

    /**
     * How many phones have a push service that no browser brings.
     *
     * @param told is told, or was before it moved
     * @param pending whoever was never told and has still to give back a token
     */
    record Strange(int told, int pending) {}

    /**
     * A phone that was told before and has still to give back its token, when it is time to push it again.
     *
     * @param since when it was asked first
     * @param due when it was to be asked again
     */
    record Waiting(TownId town, Phone phone, Instant since, Instant due) {}

    /** Which phone of which town. */
    record Key(TownId town, long phone) {

        /** Before all others. */
        static final Key NONE = new Key(new TownId(0), 0);
    }

    Optional<Standing> find(TownId town, String endpointMac);

    /** 0 where there is none. */
    long highestKey(TownId town);

    /** The hours at which somebody's quiet hours end who is in them at this hour; a look into an index for each hour. */
    Set<Integer> wakingHours(TownId town, int asleepAt);

    /** Quiet hours that others took the place of after {@code since}; a look into an index. */
    Set<QuietHours> formerQuiet(TownId town, Instant since);

    /**
     * How many active ones with keys above {@code after} and up to {@code upTo} an audience has, the hour aside, by their quiet
     * hours; empty for those without. One look through the town's phones, without an index: up to a second for a million.
     */
    Map<Optional<QuietHours>, Long> audience(TownId town, Audience audience, long after, long upTo);

    /** Active ones with keys above {@code after} and up to {@code upTo}, ascending. */
    List<Standing> active(TownId town, long after, long upTo, int limit);

    /** Of those the ones whom an audience has, the hour aside: the others are passed over where they lie. */
    List<Standing> meant(TownId town, Audience audience, long after, long upTo, int limit);

    /** Whether one of them changed its choices after this moment. */
    boolean haveChosenSince(TownId town, long after, long upTo, Instant since);

    /** Active ones of these, ascending. */
    List<Standing> active(TownId town, Collection<Long> keys);

    /** Which of these there are, active or not. */
    Set<Long> known(TownId town, Collection<Long> keys);

    /** Which of these were active and have still to give back a token, since they have another address. */
    Set<Long> away(TownId town, Collection<Long> keys);

    /** The key of the {@code count}th phone above {@code after}; {@code upTo} where fewer are left up to there. */
    long boundary(TownId town, long after, long upTo, int count);

    /** Choices that were in force at {@code since} or later and are no more, of phones from one key to another, inclusive. */
    Map<Long, List<Past>> past(TownId town, long from, long to, Instant since);

    /**
     * A phone that has still to give back its token.
     *
     * @return whether it is there now; not if a phone with its endpoint is already
     */
    boolean add(
            TownId town,
            Phone phone,
            String endpointMac,
            boolean knownOrigin,
            Choices choices,
            String token,
            Instant now);

    /**
     * The phone has another address or other keys: it has to give back a token again.
     *
     * @param again when it is asked once more, if it was told before
     * @return whether there is such a phone
     */
    boolean move(
            TownId town,
            long key,
            Phone phone,
            String endpointMac,
            boolean knownOrigin,
            String token,
            Instant now,
            Instant again);

    /** All towns', whose time has come. */
    List<Waiting> waiting(Instant now, int limit);

    /**
     * It is asked again now.
     *
     * @param next when it is the next time
     * @return whether it is to be: not if it gave back its token meanwhile, or another node asks it
     */
    boolean waits(Waiting phone, String token, Instant next);

    /**
     * It gave back its token.
     *
     * @param token the MAC of it
     * @param since when it was made
     * @return whether it is told from now on: not if it waits for that one no more
     */
    boolean activate(TownId town, long key, String token, Instant since, Instant now, YearMonth month);

    /**
     * What was in force is kept with its times; where that would be more than {@link #MOST_PAST}, the oldest two become one
     * that holds for whatever either let through.
     */
    void choose(TownId town, long key, Choices choices, Instant now);

    /** Its choices have been in force since then at the latest. */
    void chosenBy(TownId town, long key, Instant at);

    void seen(TownId town, long key, YearMonth month);

    void end(TownId town, long key);

    /** Ends it if endpoint and keys are still those. */
    void forget(TownId town, Phone phone, String endpointMac);

    /** Who was never told and has still to give back a token. */
    int pending(TownId town);

    /** The longest waiting one of those makes room. */
    void dropOldestPending(TownId town);

    /** @param domain whose they are, with every name below it; null for all */
    Strange unknownOrigins(TownId town, @Nullable String domain);

    /**
     * The {@code count} longest waiting ones of those with such a service make room; who was ever told never does.
     *
     * @param domain whose they are, with every name below it; null for all
     */
    void dropOldestUnknown(TownId town, @Nullable String domain, int count);

    /**
     * Lets go of all towns' that have not given back a token made before {@code before}; of who was told once, before {@code
     * told}.
     */
    void sweepPending(Instant before, Instant told);

    /** Whether any town's was seen in one of these months, the second exclusive; without an index, where none was. */
    boolean anySeen(YearMonth from, YearMonth until);

    /** All towns' that have not been seen since before {@code month}, after that one, by town and key; without an index. */
    List<Key> unseen(YearMonth month, Key after, int limit);

    /**
     * Ends it, if it has still not been seen.
     *
     * @return whether it is gone
     */
    boolean endUnseen(Key phone, YearMonth month);

    /** Superseded choices of a town that ended before {@code before}, after that one, by phone and beginning. */
    List<Superseded> superseded(TownId town, Superseded after, Instant before, int limit);

    /** Lets go of superseded choices. */
    void drop(TownId town, Collection<Superseded> past);

    /** Lets go of all towns' codes that have run out. */
    void sweepCodes(Instant now);

    Census census(TownId town);

    void addCode(TownId town, String codeMac, Choices choices, Instant expires);

    /** What the code carries, once: it is good for nothing from then on. */
    Optional<Choices> takeCode(TownId town, String codeMac, Instant now);
}
