package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Channel;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.FannedOutChannel;
import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.Outcome;
import fr.tambour.dispatch.internal.engine.Event;
import fr.tambour.dispatch.internal.engine.Order;
import fr.tambour.dispatch.internal.engine.Page;
import fr.tambour.town.TownId;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The channels that have recipients. Each knows its own sort of recipient; whoever was handed out by a channel is handed
 * back to the same one, which is what makes the casts in here right.
 */
@Component
class FannedOutChannels {

    private static final Logger LOG = LoggerFactory.getLogger(FannedOutChannels.class);

    private final ObjectProvider<Channel> all;
    private volatile @Nullable Map<String, FannedOutChannel<?>> known;

    FannedOutChannels(ObjectProvider<Channel> all) {
        this.all = all;
    }

    /** Where the house has none of this name (any more), one that tells nobody. */
    FannedOutChannel<?> get(String name) {
        FannedOutChannel<?> channel = known().get(name);
        return channel == null ? new ChannelNoMore(name) : channel;
    }

    /** Whether the house has it still. */
    boolean has(String name) {
        return known().containsKey(name);
    }

    private Map<String, FannedOutChannel<?>> known() {
        Map<String, FannedOutChannel<?>> read = known;
        if (read == null) {
            read = all.stream()
                    .filter(FannedOutChannel.class::isInstance)
                    .map(channel -> (FannedOutChannel<?>) channel)
                    .collect(Collectors.toMap(FannedOutChannel::name, Function.identity()));
            known = read;
        }
        return read;
    }

    @SuppressWarnings("unchecked")
    void forget(String name, TownId town, List<Recipient> gone) {
        ((FannedOutChannel<Recipient>) get(name)).forget(town, gone);
    }

    /**
     * Sends to each of whom {@code told} hears what became of it.
     *
     * @param wanted asked as each leaves
     * @throws RuntimeException if the channel cannot carry this errand now: nothing has left
     */
    @SuppressWarnings("unchecked")
    void send(Order.Send order, Errand errand, BooleanSupplier wanted, Consumer<Event> told) {
        Page page = order.page();
        String name = page.dispatch().channel();
        FannedOutChannel.Mailing<Recipient> mailing = ((FannedOutChannel<Recipient>) get(name)).mailing(errand);
        for (Recipient recipient : order.recipients()) {
            Consumer<Outcome> answer = outcome -> told.accept(new Event.Answered(page, recipient, outcome));
            if (!wanted.getAsBoolean()) {
                answer.accept(new Outcome.Recalled());
                continue;
            }
            try {
                mailing.send(
                        recipient,
                        page.dispatch().until(),
                        wanted,
                        () -> told.accept(new Event.Heard(page, recipient)),
                        answer);
            } catch (Throwable e) {
                LOG.error("Channel {} stumbled over a message: tried again later", name, e);
                answer.accept(new Outcome.RetryAt(null, "failed"));
            }
        }
    }
}
