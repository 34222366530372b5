package fr.tambour.phone.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Choices.QuietHours;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.Errand.Reach;
import fr.tambour.dispatch.FannedOutChannel;
import fr.tambour.dispatch.Outcome;
import fr.tambour.dispatch.Retrying;
import fr.tambour.notice.Kind;
import fr.tambour.notice.PublicNotices;
import fr.tambour.phone.internal.Phones.Past;
import fr.tambour.phone.internal.Phones.Standing;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.function.SingletonSupplier;

/** Phones as a way out: whoever asked this site for it, by Web Push. */
@Component
public class PhoneChannel implements FannedOutChannel<Phone> {

    public static final String NAME = "phone";

    /** Whoever is alone at their service is the one who asks it each time: an outage uses up any number of attempts. */
    static final Retrying RETRYING =
            new Retrying(12, Duration.ofDays(3), Duration.ofSeconds(2), Duration.ofMinutes(30), Duration.ofDays(3));

    /** Enough to find a page of a narrow audience in few more readings, and small beside a connection's time. */
    private static final int READ_ON = 512;

    /** What was chosen until then decides for something that is published now, however long its transaction has waited. */
    private static final Duration JUST_NOW = Addressees.APART.plus(Duration.ofMinutes(1));

    private final Phones phones;
    private final EndpointNames names;
    private final PublicNotices notices;
    private final Towns towns;
    private final VapidKeys vapid;
    /** Looked for when the first message is sent, since the house is still being built before. */
    private final SingletonSupplier<Push> push;

    private final PushTraffic traffic;
    private final Words words;
    private final Clock clock;

    /** A dispatch's words never change: they are made once, not with each page. */
    private final Cache<Errand.Key, Mailing<Phone>> mailings = Caffeine.newBuilder()
            .maximumSize(256)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    PhoneChannel(
            Phones phones,
            EndpointNames names,
            PublicNotices notices,
            Towns towns,
            VapidKeys vapid,
            ObjectProvider<Push> push,
            PushTraffic traffic,
            Words words,
            Clock clock) {
        this.phones = phones;
        this.names = names;
        this.notices = notices;
        this.towns = towns;
        this.vapid = vapid;
        this.push = SingletonSupplier.ofNullable(push::getIfAvailable);
        this.traffic = traffic;
        this.words = words;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long highestKey(TownId town) {
        return phones.highestKey(town);
    }

    @Override
    public Set<Integer> wakingHours(TownId town, int asleepAt) {
        Set<Integer> hours = new TreeSet<>(phones.wakingHours(town, asleepAt));
        // Whoever changed theirs just now may be told by those that they had.
        phones.formerQuiet(town, clock.instant().minus(JUST_NOW)).stream()
                .filter(quiet -> quiet.covers(asleepAt))
                .forEach(quiet -> hours.add(quiet.until()));
        return hours;
    }

    @Override
    public Reached reach(TownId town, Audience audience, int hour, long after, long upTo) {
        long now = 0;
        SortedMap<Integer, Long> waking = new TreeMap<>();
        for (var counted : phones.audience(town, audience, after, upTo).entrySet()) {
            QuietHours quiet = counted.getKey().orElse(null);
            if (quiet != null && audience.disturbs(quiet, hour)) {
                waking.merge(quiet.until(), counted.getValue(), Long::sum);
            } else {
                now += counted.getValue();
            }
        }
        return new Reached(now, waking);
    }

    @Override
    public List<Phone> recipients(Errand errand, long after, long upTo, int size) {
        List<Phone> found = new ArrayList<>(Math.min(size, 1_024));
        // Nearly everybody is meant by most notices: then this is all that is read.
        int read = size;
        long from = after;
        while (found.size() < size && from < upTo) {
            List<Standing> page = page(errand, from, upTo, read);
            for (Standing phone : addressed(errand, page)) {
                if (found.size() == size) {
                    return found;
                }
                found.add(phone.phone());
            }
            if (page.size() < read) {
                break;
            }
            from = page.getLast().phone().key();
            read = Math.max(size, READ_ON);
        }
        return found;
    }

    /** Whom an earlier dispatch may have reached is found phone by phone, everybody else where they lie. */
    private List<Standing> page(Errand errand, long after, long upTo, int size) {
        return errand.earlier().isEmpty()
                ? phones.meant(errand.town(), errand.audience(), after, upTo, size)
                : phones.active(errand.town(), after, upTo, size);
    }

    @Override
    public long count(Errand errand, long after, long upTo) {
        // Found phone by phone: whom an earlier dispatch may have reached, and whose hour it was before they changed
        // theirs.
        if (!errand.earlier().isEmpty()
                || !(errand.hours() instanceof Hours.Any)
                        && phones.haveChosenSince(errand.town(), after, upTo, Addressees.settled(errand.openedAt()))) {
            return FannedOutChannel.super.count(errand, after, upTo);
        }
        return switch (errand.hours()) {
            case Hours.Reached() -> 0;
            case Hours.Any() ->
                phones.audience(errand.town(), errand.audience(), after, upTo).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
            case Hours.Awake(int hour) ->
                reach(errand.town(), errand.audience(), hour, after, upTo).now();
            case Hours.Waking(int asleepAt, int until) ->
                reach(errand.town(), errand.audience(), asleepAt, after, upTo)
                        .waking()
                        .getOrDefault(until, 0L);
        };
    }

    @Override
    public List<Phone> recipients(Errand errand, List<Long> keys) {
        return addressed(errand, phones.active(errand.town(), keys)).stream()
                .map(Standing::phone)
                .toList();
    }

    @Override
    public Set<Long> known(TownId town, List<Long> keys) {
        return phones.known(town, keys);
    }

    @Override
    public Set<Long> away(TownId town, List<Long> keys) {
        return phones.away(town, keys);
    }

    private List<Standing> addressed(Errand errand, List<Standing> page) {
        if (page.isEmpty()) {
            return page;
        }
        // Of nearly all pages of a publication nobody has changed anything since, or just before.
        Stream<Instant> own = page.stream().anyMatch(phone -> Addressees.hasChangedSince(errand, phone))
                ? Stream.of(errand.openedAt())
                : Stream.empty();
        Map<Long, List<Past>> past = Stream.concat(
                        own, errand.earlier().stream().map(Reach::openedAt))
                .min(Instant::compareTo)
                .map(since -> phones.past(
                        errand.town(),
                        page.getFirst().phone().key(),
                        page.getLast().phone().key(),
                        since.minus(Addressees.APART)))
                .orElse(Map.of());
        Instant now = clock.instant();
        List<Standing> addressed = new ArrayList<>(page.size());
        for (Standing phone : page) {
            List<Past> before = past.getOrDefault(phone.phone().key(), List.of());
            Standing believed = phone.isAhead(now) ? believed(errand, phone, before, now) : phone;
            if (Addressees.holds(errand, believed, before)) {
                addressed.add(believed);
            }
        }
        return addressed;
    }

    /**
     * Whoever is told by choices that count from a moment that has not come yet had them all the while: else, once it has come,
     * nothing would say that they were told.
     */
    private Standing believed(Errand errand, Standing phone, List<Past> past, Instant now) {
        boolean otherThen =
                errand.openedAt().isAfter(now) || past.stream().anyMatch(old -> old.wasInForce(errand.openedAt()));
        Instant since = otherThen ? now : errand.openedAt();
        // To count, nothing is written down.
        if (!TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            phones.chosenBy(errand.town(), phone.phone().key(), since);
        }
        return phone.chosenAt(since);
    }

    @Override
    public long boundary(TownId town, long after, long upTo, int count) {
        return phones.boundary(town, after, upTo, count);
    }

    @Override
    public Mailing<Phone> mailing(Errand errand) {
        Optional<Push> service = Optional.ofNullable(push.get());
        if (service.isEmpty()) {
            return (phone, notAfter, wanted, answer) -> answer.accept(new Outcome.RetryAt(null, "no push"));
        }
        return mailings.get(errand.key(), key -> {
            Town town = towns.get(errand.town());
            return notices.find(errand.town(), errand.notice())
                    .<Mailing<Phone>>map(notice -> new PhoneMailing(
                            service.get(),
                            traffic,
                            vapid.of(town),
                            (phone, now) -> notice.kind() != Kind.EMERGENCY && phone.isQuiet(now.atZone(town.zone())),
                            manner -> Telling.of(errand, notice, town, manner, words, clock.instant()),
                            clock))
                    .orElse((phone, notAfter, wanted, answer) -> answer.accept(new Outcome.Rejected("no notice")));
        });
    }

    @Override
    public void forget(TownId town, List<Phone> gone) {
        gone.forEach(phone ->
                phones.forget(town, phone, names.of(phone.endpoint().address().toString())));
    }

    @Override
    public Optional<Retrying> retrying() {
        return Optional.of(RETRYING);
    }

    @Override
    public boolean repeatable() {
        return true;
    }
}
