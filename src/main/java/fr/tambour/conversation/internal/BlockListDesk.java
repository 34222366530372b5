package fr.tambour.conversation.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.conversation.AnswerCarrier;
import fr.tambour.conversation.AnswerCarrier.Blocked;
import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.ConversationRights;
import fr.tambour.conversation.ServerName;
import fr.tambour.people.Actor;
import fr.tambour.storage.Ids;
import fr.tambour.text.Counting;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Lists of servers that are kept out, taken in and given out. */
@Service
public class BlockListDesk {

    /** Graphemes. */
    private static final int REMARK_LENGTH = 400;

    /** UTF-16 units: what the column holds. */
    private static final int REMARK_UNITS = 2_000;

    /** Servers to a transaction: nobody waits for a whole list. */
    private static final int BATCH = 200;

    /** Of a file: more than the longest that people exchange; its lines are held in memory. */
    public static final int MOST_MEGABYTES = 2;

    private final Guard guard;
    private final List<AnswerCarrier> carriers;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    BlockListDesk(
            Guard guard,
            List<AnswerCarrier> carriers,
            Audit audit,
            Ids ids,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.guard = guard;
        this.carriers = List.copyOf(carriers);
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /**
     * What came of a list.
     *
     * @param added how many servers are kept out now that were not
     * @param known how many were already
     * @param left how many lines were left out: milder than a block, or no server's name, or the town's own
     */
    public record Taken(int added, int known, int left) {}

    /**
     * @throws Refusal 422 {@code conversation.list-unreadable}, {@code conversation.list-too-long}, {@code conversation.list-empty}
     *     where it is no such list: nothing of it is taken
     */
    public Taken take(Actor actor, Town town, byte[] file) {
        actor.require(ConversationRights.MODERATE);
        BlockList.Read read;
        try {
            read = BlockList.read(file);
        } catch (BlockList.Unreadable e) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, e.code(), e.number());
        }
        List<Map.Entry<String, String>> servers = read.servers().entrySet().stream()
                .filter(server -> !isOwn(town, server.getKey()))
                .toList();
        int added = 0;
        for (int from = 0; from < servers.size(); from += BATCH) {
            List<Map.Entry<String, String>> some = servers.subList(from, Math.min(servers.size(), from + BATCH));
            added += Objects.requireNonNull(writing.execute(status -> keepOut(actor, some)));
        }
        Taken taken = new Taken(
                added,
                servers.size() - added,
                read.milder() + read.unreadable() + read.servers().size() - servers.size());
        writing.executeWithoutResult(status -> audit.record(new AuditEntry(
                actor.town().value(),
                actor.person().value(),
                "conversation.blocks-imported",
                Long.toString(town.id().value()),
                Map.of("added", Integer.toString(taken.added())))));
        return taken;
    }

    private static boolean isOwn(Town town, String name) {
        Set<String> own = new HashSet<>(town.profile().hosts());
        own.add(ServerName.of(town.baseUrl().getRawAuthority()));
        return own.stream().anyMatch(host -> ServerName.andAbove(host).contains(name));
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
            boolean added = keepOut(actor, List.of(Map.entry(name, ""))) == 1;
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

    private int keepOut(Actor actor, List<Map.Entry<String, String>> servers) {
        List<Blocked> added = new ArrayList<>();
        servers.forEach(server -> {
            Block block = Block.ofServer(
                    ids.next(), server.getKey(), remark(server.getValue()), clock.instant(), actor.person());
            if (guard.block(actor.town(), block)) {
                added.add(new Blocked(Scope.HOST, server.getKey()));
            }
        });
        if (!added.isEmpty()) {
            carriers.forEach(carrier -> carrier.cutOff(actor.town(), added));
        }
        return added.size();
    }

    private static String remark(String comment) {
        String some = comment.substring(0, Math.min(comment.length(), REMARK_UNITS));
        return Counting.firstGraphemes(BlockList.plain(some), REMARK_LENGTH);
    }

    public byte[] give(Actor actor) {
        actor.require(ConversationRights.MODERATE);
        return BlockList.written(Objects.requireNonNull(reading.execute(status -> guard.servers(actor.town()))));
    }
}
