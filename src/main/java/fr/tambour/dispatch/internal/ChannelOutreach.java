package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Channel;
import fr.tambour.dispatch.FannedOutChannel;
import fr.tambour.dispatch.FannedOutChannel.Reached;
import fr.tambour.dispatch.ShownChannel;
import fr.tambour.notice.Content;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Outreach;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks the channels whom they would tell, by the rules that a publication goes by. */
@Component
class ChannelOutreach implements Outreach {

    private final ObjectProvider<Channel> channels;
    private final TownLists lists;

    ChannelOutreach(ObjectProvider<Channel> channels, TownLists lists) {
        this.channels = channels;
        this.lists = lists;
    }

    @Override
    public boolean tells(String channel) {
        return channels.stream()
                .anyMatch(known ->
                        known instanceof FannedOutChannel<?> && known.name().equals(channel));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Way> way(DraftView draft, String channel) {
        return channels.stream()
                .filter(known -> known.name().equals(channel))
                .findFirst()
                .map(known -> switch (known) {
                    case ShownChannel shown -> new Way.Shown();
                    case FannedOutChannel<?> fannedOut -> told(fannedOut, draft);
                });
    }

    private Way told(FannedOutChannel<?> channel, DraftView draft) {
        if (draft.onlyTranslates() || draft.staysOver()) {
            return new Way.Told(0, new TreeMap<>(), 0);
        }
        Content content = draft.content();
        Instant at = draft.release();
        Instant until = draft.end(at).orElse(null);
        ZonedDateTime local = at.atZone(draft.town().zone());
        Audience audience = new Audience(
                content.kind(),
                draft.exercise(),
                content.themes(),
                content.districts(),
                lists.dropped(draft.town().id()));
        Reached reached = channel.reach(draft.town().id(), audience, local.getHour(), 0, Long.MAX_VALUE);
        SortedMap<Instant, Long> later = new TreeMap<>();
        long tooLate = 0;
        for (Map.Entry<Integer, Long> waking : reached.waking().entrySet()) {
            Instant wakes = DispatchStep.next(local, waking.getKey());
            if (until != null && !wakes.isBefore(until)) {
                tooLate += waking.getValue();
            } else {
                later.merge(wakes, waking.getValue(), Long::sum);
            }
        }
        return new Way.Told(reached.now(), later, tooLate);
    }
}
