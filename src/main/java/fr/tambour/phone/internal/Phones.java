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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who asked to be told, and of what. Every method belongs into a transaction of the caller. */
public interface Phones {

    /**
     * A phone as it stands.
     *
     * @param active whether it gave back the token that was pushed to it
     * @param token the MAC of that token, while it is awaited
     * @param pendingSince when that token was made
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
    record Past(Choices choices, Instant from, Instant until) implements Former {}

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
     * @param pending whoever has still to give back a token
     */
    record Strange(int active, int pending) {}

    Optional<Standing> find(TownId town, String endpointMac);

    /** 0 where there is none. */
    long highestKey(TownId town);

    /** The hours at which somebody's quiet hours end who is in them at this hour; a look into an index for each hour. */
    Set<Integer> wakingHours(TownId town, int asleepAt);

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
     * @return whether there is such a phone
     */
    boolean move(
            TownId town, long key, Phone phone, String endpointMac, boolean knownOrigin, String token, Instant now);

    /** It gave back its token. */
    void activate(TownId town, long key, Instant now, YearMonth month);

    void choose(TownId town, long key, Choices choices, Instant now);

    /** Its choices have been in force since then at the latest. */
    void chosenBy(TownId town, long key, Instant at);

    void seen(TownId town, long key, YearMonth month);

    void end(TownId town, long key);

    /** Ends it if endpoint and keys are still those. */
    void forget(TownId town, Phone phone, String endpointMac);

    int pending(TownId town);

    /** The longest waiting one makes room. */
    void dropOldestPending(TownId town);

    Strange unknownOrigins(TownId town);

    /** The {@code count} longest waiting ones of those with such a service make room; who never answered does first. */
    void dropOldestUnknown(TownId town, int count);

    /** @return how many of all towns' had not given back a token made before {@code before}, and are gone */
    int sweepPending(Instant before);

    /**
     * Lets go of all towns' that have not been seen since before {@code month}; of none where no phone was seen in either of the
     * two months before {@code now}: by a clock that is a year ahead, nobody was.
     *
     * @return how many are gone
     */
    int sweepUnseen(YearMonth month, YearMonth now);

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
