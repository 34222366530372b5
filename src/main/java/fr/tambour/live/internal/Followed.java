package fr.tambour.live.internal;

import fr.tambour.notice.NoticeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The notices of one town whose way some open page follows. Anybody may follow one, or invent one, and each is a question to the
 * database: there are only so many, the newest, and only so many from one address; what goes nowhere is not asked for again for a
 * while.
 */
final class Followed {

    static final int MOST = 50;
    static final int MOST_FROM_ONE = 10;
    private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Map<NoticeId, Followers> all = new HashMap<>();

    private static final class Followers {
        final List<Stream> streams = new ArrayList<>();
        boolean nowhere;
        boolean goes;
        long askedAt;

        boolean isFrom(String address) {
            return streams.stream().anyMatch(stream -> stream.address().equals(address));
        }
    }

    /** One that follows too many for its address is told of everything else all the same. */
    synchronized void add(Stream stream) {
        NoticeId notice = stream.followed();
        if (notice == null) {
            return;
        }
        long others = all.entrySet().stream()
                .filter(one -> !one.getKey().equals(notice) && one.getValue().isFrom(stream.address()))
                .count();
        if (others < MOST_FROM_ONE) {
            all.computeIfAbsent(notice, id -> new Followers()).streams.add(stream);
        }
    }

    synchronized void remove(Stream stream) {
        NoticeId notice = stream.followed();
        Followers followers = notice == null ? null : all.get(notice);
        if (followers != null && followers.streams.remove(stream) && followers.streams.isEmpty()) {
            all.remove(notice);
        }
    }

    /** Which to ask for now. */
    synchronized List<NoticeId> due(long now) {
        return all.entrySet().stream()
                .filter(one -> !one.getValue().nowhere || now - one.getValue().askedAt >= AGAIN_NANOS)
                // Whoever invents one can make it the newest of all: those that are known to go somewhere come first.
                .sorted(Comparator.<Map.Entry<NoticeId, Followers>>comparingInt(one -> one.getValue().goes ? 0 : 1)
                        .thenComparing(one -> one.getKey().value(), Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .limit(MOST)
                .toList();
    }

    synchronized List<Stream> by(NoticeId notice) {
        Followers followers = all.get(notice);
        return followers == null ? List.of() : List.copyOf(followers.streams);
    }

    /** Nothing carries it, as far as is known. */
    synchronized void goesNowhere(NoticeId notice, long now) {
        Followers followers = all.get(notice);
        if (followers != null) {
            followers.nowhere = true;
            followers.goes = false;
            followers.askedAt = now;
        }
    }

    /** Something carries it, or may by now. */
    synchronized void goes(NoticeId notice) {
        Followers followers = all.get(notice);
        if (followers != null) {
            followers.nowhere = false;
            followers.goes = true;
        }
    }
}
