package fr.tambour.conversation.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.conversation.AnswerCarrier;
import fr.tambour.conversation.AnswerCarrier.Blocked;
import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.ConversationRights;
import fr.tambour.conversation.ServerName;
import fr.tambour.people.Actor;
import fr.tambour.storage.Batches;
import fr.tambour.storage.Ids;
import fr.tambour.text.Clean;
import fr.tambour.text.Counting;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lists of whom to keep out: looked at, taken over, let in again, and given out. So many at a time, each with its entry in the
 * journal: nobody waits for a whole list, and what broke off is gone on with.
 */
@Service
public class BlockListDesk {

    /** Graphemes. */
    private static final int REMARK_LENGTH = 400;

    /** UTF-16 units: what the column holds. */
    private static final int REMARK_UNITS = 2_000;

    /** Graphemes, of a file's name. */
    private static final int TITLE_LENGTH = 100;

    /** Names to a transaction. */
    private static final int BATCH = 500;

    /** Of a file: more than the longest that people exchange; its lines are held in memory. */
    public static final int MOST_MEGABYTES = 2;

    private static final int MOST_LISTS = 50;

    /** Names of a list that are shown. */
    private static final int SHOWN = 100;

    private final Guard guard;
    private final KnownLists lists;
    private final List<AnswerCarrier> carriers;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    BlockListDesk(
            Guard guard,
            KnownLists lists,
            List<AnswerCarrier> carriers,
            Audit audit,
            Ids ids,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.guard = guard;
        this.lists = lists;
        this.carriers = List.copyOf(carriers);
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /**
     * Nothing is blocked yet.
     *
     * @param title what the file is called
     * @return under which it is looked at
     * @throws Refusal 422 {@code conversation.list-unreadable}, {@code conversation.list-too-long}, {@code conversation.list-empty}
     *     where it is no such list
     */
    public long read(Actor actor, Town town, String title, byte[] file) {
        actor.require(ConversationRights.MODERATE);
        BlockList.Read read;
        try {
            read = BlockList.read(file);
        } catch (BlockList.Unreadable e) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, e.code(), e.number());
        }
        Map<String, String> names = new LinkedHashMap<>();
        read.names().forEach((name, remark) -> {
            if (!isOwn(town, server(name))) {
                names.put(name, remark(remark));
            }
        });
        KnownList list = new KnownList(
                ids.next(),
                read.scope(),
                Clean.line(Counting.firstGraphemes(title, TITLE_LENGTH), TITLE_LENGTH),
                read.milder() + read.unreadable() + read.names().size() - names.size(),
                clock.instant(),
                actor.person(),
                null,
                null,
                null);
        writing.executeWithoutResult(status -> lists.add(actor.town(), list, names));
        return list.id();
    }

    private static String server(String name) {
        return name.substring(name.indexOf('@') + 1);
    }

    private static boolean isOwn(Town town, String name) {
        Set<String> own = new HashSet<>(town.profile().hosts());
        own.add(ServerName.of(town.baseUrl().getRawAuthority()));
        return own.stream().anyMatch(host -> ServerName.andAbove(host).contains(name));
    }

    private static String remark(String comment) {
        String some = comment.substring(0, Math.min(comment.length(), REMARK_UNITS));
        return Counting.firstGraphemes(BlockList.plain(some), REMARK_LENGTH);
    }

    /**
     * A list, and what it does or did.
     *
     * @param blocked how many are kept out by it now
     * @param fresh how many would be who are not yet
     * @param known how many are already, by something else
     * @param following how many follow whom it would cut off
     * @param names the first of those whom it keeps out, or would
     */
    public record Seen(KnownList list, int blocked, int fresh, int known, long following, List<String> names) {}

    /** @throws Refusal 404 {@code conversation.list-unknown} */
    public Seen look(Actor actor, long id) {
        actor.require(ConversationRights.MODERATE);
        Seen seen = Objects.requireNonNull(reading.execute(status -> looked(actor, id)));
        KnownList list = seen.list();
        if (list.state() != KnownList.State.READ) {
            return seen;
        }
        // Not within that transaction: a channel may go over all followers.
        List<Blocked> fresh = Objects.requireNonNull(reading.execute(status -> fresh(actor, list)));
        long following = carriers.stream()
                .mapToLong(carrier -> carrier.following(actor.town(), fresh))
                .sum();
        return new Seen(list, 0, fresh.size(), seen.known() - fresh.size(), following, seen.names());
    }

    private Seen looked(Actor actor, long id) {
        KnownList list = lists.find(actor.town(), id).orElseThrow(BlockListDesk::unknown);
        List<String> names = List.copyOf(lists.names(actor.town(), id).keySet());
        int blocked = guard.amountOfList(actor.town(), id);
        return list.state() == KnownList.State.READ
                ? new Seen(list, 0, 0, names.size(), 0, names.subList(0, Math.min(SHOWN, names.size())))
                : new Seen(
                        list,
                        blocked,
                        0,
                        0,
                        0,
                        guard.ofList(actor.town(), id, SHOWN).stream()
                                .map(Block::shown)
                                .toList());
    }

    private List<Blocked> fresh(Actor actor, KnownList list) {
        Set<String> known = guard.names(actor.town(), list.scope());
        return lists.names(actor.town(), list.id()).keySet().stream()
                .filter(name -> !known.contains(list.scope() == Scope.HOST ? name : Block.fingerprint(name)))
                .map(name -> new Blocked(list.scope(), name))
                .toList();
    }

    private static Refusal unknown() {
        return new Refusal(HttpStatus.NOT_FOUND, "conversation.list-unknown");
    }

    /** Those that were taken over, or begun, the last first. */
    public List<Seen> begun(Actor actor) {
        actor.require(ConversationRights.MODERATE);
        return Objects.requireNonNull(reading.execute(status -> lists.begun(actor.town(), MOST_LISTS).stream()
                .map(list -> new Seen(list, guard.amountOfList(actor.town(), list.id()), 0, 0, 0, List.of()))
                .toList()));
    }

    /**
     * Keeps out all that stand in it; what was begun is gone on with.
     *
     * @throws Refusal 404 {@code conversation.list-unknown}; 409 {@code conversation.list-lifted} where all of it was let in again
     */
    public void take(Actor actor, long id) {
        actor.require(ConversationRights.MODERATE);
        KnownList list = Objects.requireNonNull(
                reading.execute(status -> lists.find(actor.town(), id).orElseThrow(BlockListDesk::unknown)));
        boolean stands = Boolean.TRUE.equals(writing.execute(status -> lists.begin(actor.town(), id, clock.instant())));
        if (!stands) {
            throw new Refusal(HttpStatus.CONFLICT, "conversation.list-lifted");
        }
        if (list.done() != null) {
            return;
        }
        Map<String, String> names = Objects.requireNonNull(reading.execute(status -> lists.names(actor.town(), id)));
        for (List<Map.Entry<String, String>> some : Batches.of(names.entrySet(), BATCH)) {
            writing.executeWithoutResult(status -> {
                int added = keepOut(actor, list.scope(), some, id);
                if (added > 0) {
                    record(actor, "conversation.blocks-imported", id, "added", added);
                }
            });
        }
        writing.executeWithoutResult(status -> lists.finish(actor.town(), id, clock.instant()));
    }

    /**
     * All that came by it, and was not let in since, is let in again.
     *
     * @throws Refusal 404 {@code conversation.list-unknown}
     */
    public void lift(Actor actor, long id) {
        actor.require(ConversationRights.MODERATE);
        // First: what is being taken over in this moment ends with this.
        writing.executeWithoutResult(status -> {
            if (lists.find(actor.town(), id).isEmpty()) {
                throw unknown();
            }
            lists.lift(actor.town(), id, clock.instant());
        });
        while (Boolean.TRUE.equals(writing.execute(status -> liftSome(actor, id)))) {
            // The next ones.
        }
    }

    private boolean liftSome(Actor actor, long id) {
        List<Block> some = guard.ofList(actor.town(), id, BATCH);
        some.forEach(block -> guard.lift(actor.town(), block.id()));
        if (!some.isEmpty()) {
            List<Blocked> those = some.stream().map(Block::blocked).toList();
            carriers.forEach(carrier -> carrier.letIn(actor.town(), those));
            record(actor, "conversation.blocks-lifted", id, "lifted", some.size());
        }
        return some.size() == BATCH;
    }

    /** Nobody wants it. */
    public void forget(Actor actor, long id) {
        actor.require(ConversationRights.MODERATE);
        writing.executeWithoutResult(status -> lists.forget(actor.town(), id));
    }

    private void record(Actor actor, String action, long list, String what, int amount) {
        audit.record(new AuditEntry(
                actor.town().value(),
                actor.person().value(),
                action,
                Long.toString(list),
                Map.of(what, Integer.toString(amount))));
    }

    /**
     * One server, before anything came from there.
     *
     * @param typed its name, as somebody types it
     * @return whether it was let in so far
     * @throws Refusal 422 {@code conversation.no-server} for what is no server's name, or the town's own
     */
    public boolean keepOut(Actor actor, Town town, String typed) {
        actor.require(ConversationRights.MODERATE);
        String name = BlockList.name(typed);
        if (name.isEmpty() || isOwn(town, name)) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "conversation.no-server");
        }
        return Boolean.TRUE.equals(writing.execute(status -> {
            boolean added = keepOut(actor, Scope.HOST, List.of(Map.entry(name, "")), 0) == 1;
            if (added) {
                audit.record(new AuditEntry(
                        actor.town().value(),
                        actor.person().value(),
                        "conversation.blocked",
                        name,
                        Map.of("scope", Scope.HOST.name())));
            }
            return added;
        }));
    }

    /** @param list by which they come, or 0; where it was lifted meanwhile nobody is kept out */
    private int keepOut(Actor actor, Scope scope, List<Map.Entry<String, String>> names, long list) {
        if (list != 0 && !lists.begin(actor.town(), list, clock.instant())) {
            return 0;
        }
        List<Blocked> added = new ArrayList<>();
        names.forEach(one -> {
            Block block = scope == Scope.HOST
                    ? Block.ofServer(ids.next(), one.getKey(), one.getValue(), clock.instant(), actor.person())
                    : Block.ofAddress(ids.next(), one.getKey(), clock.instant(), actor.person());
            if (guard.block(actor.town(), block.from(list))) {
                added.add(new Blocked(scope, one.getKey()));
            }
        });
        if (!added.isEmpty()) {
            carriers.forEach(carrier -> carrier.cutOff(actor.town(), added));
        }
        return added.size();
    }

    public byte[] give(Actor actor) {
        actor.require(ConversationRights.MODERATE);
        return BlockList.written(Objects.requireNonNull(reading.execute(status -> guard.servers(actor.town()))));
    }
}
