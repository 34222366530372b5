package fr.tambour.dispatch.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.dispatch.Account;
import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.Dispatches.Left;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.FannedOutChannel;
import fr.tambour.dispatch.FannedOutChannel.Reached;
import fr.tambour.dispatch.internal.engine.Ref;
import fr.tambour.dispatch.internal.engine.Slice;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How many are left. All are counted once, which takes a while where they are many, and what became of them is taken off from
 * then on. Methods belong into a transaction of the caller.
 */
@Component
class LeftToTell {

    private final JdbcClient jdbc;
    private final Errands errands;
    private final FannedOutChannels channels;
    private final Cache<Ref, Long> expected = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    LeftToTell(JdbcClient jdbc, Errands errands, FannedOutChannels channels) {
        this.jdbc = jdbc;
        this.errands = errands;
        this.channels = channels;
    }

    /** @param account of what is not settled, {@code all} of its notice */
    Left of(Account account, List<Account> all) {
        Dispatch dispatch = account.dispatch();
        if (!dispatch.carried() || dispatch.state() == State.STOPPED) {
            return Left.NONE;
        }
        boolean about = dispatch.purpose() != Purpose.PUBLICATION;
        long counted = Objects.requireNonNull(expected.get(ref(dispatch), ref -> expected(account)));
        long known = about ? Math.max(counted, earlier(dispatch, all)) : counted;
        long sum = Math.max(known, account.total() + account.waiting());
        return new Left(sum - account.total(), sum, about);
    }

    /** Whom an earlier revision told, a correction or a withdrawal goes to again. */
    private static long earlier(Dispatch dispatch, List<Account> all) {
        return all.stream()
                .filter(before -> before.dispatch().channel().equals(dispatch.channel())
                        && before.dispatch().id() < dispatch.id())
                .mapToLong(before -> before.accepted() + before.unknown())
                .max()
                .orElse(0);
    }

    private static Ref ref(Dispatch dispatch) {
        return new Ref(dispatch.town().value(), dispatch.id());
    }

    private long expected(Account account) {
        return account.parts().stream().mapToLong(this::expected).sum();
    }

    /** By the slices as they are read here: who is up to a cursor is in its tally, who is beyond is counted. */
    private long expected(Dispatch part) {
        Ref ref = ref(part);
        Errand errand = errands.get(ref);
        long sum = 0;
        for (Slice slice : SliceRows.all(jdbc, ref)) {
            sum += slice.tally().total();
            if (!slice.done() && slice.number() != Slice.RETRIES && part.settledAt() == null) {
                sum += matching(part, errand, slice.cursor(), slice.to());
            }
        }
        return sum + retries(ref) + beyond(part, errand, ref);
    }

    private long beyond(Dispatch part, Errand errand, Ref ref) {
        if (part.settledAt() != null) {
            return 0;
        }
        return jdbc.sql("SELECT frontier, upper_bound FROM dispatch WHERE town_id = :town AND id = :id")
                .param("town", ref.town())
                .param("id", ref.dispatch())
                .query((row, n) -> row.getLong("frontier") < row.getLong("upper_bound")
                        ? matching(part, errand, row.getLong("frontier"), row.getLong("upper_bound"))
                        : 0L)
                .single();
    }

    private long matching(Dispatch part, Errand errand, long after, long upTo) {
        FannedOutChannel<?> channel = channels.get(part.channel());
        return switch (errand.hours()) {
            case Hours.Reached() -> 0;
            case Hours.Any() -> {
                Reached reached = channel.reach(part.town(), errand.audience(), 0, after, upTo);
                yield reached.now()
                        + reached.waking().values().stream()
                                .mapToLong(Long::longValue)
                                .sum();
            }
            case Hours.Awake(int hour) ->
                channel.reach(part.town(), errand.audience(), hour, after, upTo).now();
            case Hours.Waking(int asleepAt, int until) ->
                channel.reach(part.town(), errand.audience(), asleepAt, after, upTo)
                        .waking()
                        .getOrDefault(until, 0L);
        };
    }

    private long retries(Ref ref) {
        return jdbc.sql(
                        "SELECT COALESCE(sum(size), 0) FROM dispatch_retry WHERE town_id = :town AND dispatch_id = :dispatch")
                .param("town", ref.town())
                .param("dispatch", ref.dispatch())
                .query(Long.class)
                .single();
    }
}
