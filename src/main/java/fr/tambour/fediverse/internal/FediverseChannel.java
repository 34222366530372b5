package fr.tambour.fediverse.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.FannedOutChannel;
import fr.tambour.dispatch.Outcome;
import fr.tambour.dispatch.Retrying;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicState;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The fediverse as a way out: the inboxes from which somebody follows one of the town's accounts. Whoever follows gets all of it, at
 * any hour; their own server says when it rings.
 */
@Component
public class FediverseChannel implements FannedOutChannel<FollowingInbox> {

    public static final String NAME = "fediverse";

    /** Instead of an account that was never asked for: nobody can follow it. */
    private static final long NOBODY = -1;

    /** Servers are moved and mended for days; nobody is asked without end. */
    static final Retrying RETRYING =
            new Retrying(12, Duration.ofDays(7), Duration.ofSeconds(30), Duration.ofHours(12), Duration.ofDays(7));

    private final Followers followers;
    private final PublicNotices notices;
    private final Towns towns;
    private final Actors actors;
    private final Activities activities;
    private final Delivery delivery;
    private final Standing standing;
    private final KeptOut keptOut;
    private final Clock clock;

    /** What an errand tells changes with whether the accounts are on, and with nothing else: it is made once, not with each page. */
    private final Cache<Known, Mailing<FollowingInbox>> mailings = Caffeine.newBuilder()
            .maximumSize(256)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    /** Whether what a dispatch tells still stands: asked before each further activity, for thousands of inboxes at once. */
    private final Cache<Errand.Key, Boolean> lately = Caffeine.newBuilder()
            .maximumSize(256)
            .expireAfterWrite(Duration.ofMillis(500))
            .build();

    FediverseChannel(
            Followers followers,
            PublicNotices notices,
            Towns towns,
            Actors actors,
            Activities activities,
            Delivery delivery,
            Standing standing,
            KeptOut keptOut,
            Clock clock) {
        this.followers = followers;
        this.notices = notices;
        this.towns = towns;
        this.actors = actors;
        this.activities = activities;
        this.delivery = delivery;
        this.standing = standing;
        this.keptOut = keptOut;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long highestKey(TownId town) {
        return followers.highestKey(town);
    }

    @Override
    public Set<Integer> wakingHours(TownId town, int asleepAt) {
        return Set.of();
    }

    @Override
    public Reached reach(TownId town, Audience audience, int hour, long after, long upTo) {
        return new Reached(
                followers.count(town, Told.anew(accounts(town, audience, true)), after, upTo), new TreeMap<>());
    }

    @Override
    public List<FollowingInbox> recipients(Errand errand, long after, long upTo, int size) {
        return followers.inboxes(errand.town(), told(errand), after, upTo, size);
    }

    @Override
    public long count(Errand errand, long after, long upTo) {
        return followers.count(errand.town(), told(errand), after, upTo);
    }

    @Override
    public List<FollowingInbox> recipients(Errand errand, List<Long> keys) {
        return followers.inboxes(errand.town(), told(errand), keys);
    }

    private Told told(Errand errand) {
        return new Told(
                isForAll(errand) ? accounts(errand.town(), errand.audience(), true) : Set.of(),
                errand.earlier().stream()
                        .map(reach -> new Told.Earlier(reach, accounts(errand.town(), reach.audience(), false)))
                        .toList());
    }

    /**
     * The town's accounts that have something to say to this audience.
     *
     * @param now else those that may have had
     */
    private Set<Long> accounts(TownId id, Audience audience, boolean now) {
        Town town = towns.get(id);
        Stream<Actor> reposting = actors.themes(town).stream()
                .filter(actor -> now ? Reposting.does(actor, audience) : Reposting.concerns(actor, audience));
        return Stream.concat(Stream.of(actors.made(town).map(Actor::id).orElse(NOBODY)), reposting.map(Actor::id))
                .collect(Collectors.toSet());
    }

    private static boolean isForAll(Errand errand) {
        return errand.hours() instanceof Hours.Any || errand.hours() instanceof Hours.Awake;
    }

    @Override
    public Set<Long> known(TownId town, List<Long> keys) {
        return followers.known(town, keys);
    }

    @Override
    public long boundary(TownId town, long after, long upTo, int count) {
        return followers.boundary(town, after, upTo, count);
    }

    @Override
    public Mailing<FollowingInbox> mailing(Errand errand) {
        Town town = towns.get(errand.town());
        Actor actor = actors.of(town);
        List<Actor> themes = actors.themes(town);
        return mailings.get(
                Known.of(errand, Stream.concat(Stream.of(actor), themes.stream())),
                known -> notices.find(errand.town(), errand.notice())
                        .<Mailing<FollowingInbox>>map(notice -> new FediverseMailing(
                                errand,
                                actor,
                                activities.of(errand, notice, actor, themes),
                                told(errand),
                                delivery,
                                standing,
                                () -> stands(errand),
                                inbox -> isKeptOut(errand, inbox),
                                account -> actors.byId(town, account.id()).orElse(account),
                                clock))
                        .orElse((inbox, notAfter, wanted, answer) -> answer.accept(new Outcome.Rejected("no notice"))));
    }

    /** A dispatch, and how the accounts are that it goes out by. */
    private record Known(Errand.Key dispatch, List<Account> accounts) {

        private record Account(long id, Actor.State state) {}

        static Known of(Errand errand, Stream<Actor> accounts) {
            return new Known(
                    errand.key(),
                    accounts.map(one -> new Account(one.id(), one.state())).toList());
        }
    }

    /** Who follows from there is about to be removed: whatever they were told before is still corrected and taken back. */
    private boolean isKeptOut(Errand errand, FollowingInbox inbox) {
        return errand.purpose() == Purpose.PUBLICATION && keptOut.lately(errand.town(), inbox.host());
    }

    private boolean stands(Errand errand) {
        return lately.get(errand.key(), key -> isStanding(errand));
    }

    private boolean isStanding(Errand errand) {
        return notices.find(errand.town(), errand.notice())
                .filter(notice -> (notice.state() == PublicState.WITHDRAWN) == (errand.purpose() == Purpose.WITHDRAWAL)
                        && notice.corrections().stream().noneMatch(since -> since.revision() > errand.revision()))
                .isPresent();
    }

    @Override
    public void forget(TownId town, List<FollowingInbox> gone) {
        gone.forEach(inbox -> followers.forget(town, inbox));
    }

    @Override
    public Optional<Retrying> retrying() {
        return Optional.of(RETRYING);
    }

    @Override
    public boolean notesWhoMissed() {
        return true;
    }

    @Override
    public void missed(TownId town, List<Long> keys) {
        followers.missed(town, keys, clock.instant());
    }

    /** An activity has an identifier: a server that knows it already does nothing. */
    @Override
    public boolean repeatable() {
        return true;
    }
}
