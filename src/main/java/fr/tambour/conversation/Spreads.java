package fr.tambour.conversation;

import fr.tambour.conversation.internal.ConversationRetention;
import fr.tambour.town.TownId;
import java.time.Duration;
import java.time.Instant;

/** How far a town's notices went. In a transaction of the caller. */
public interface Spreads {

    /** Of what is longer ago nothing is kept that could be counted. */
    Duration KEPT = Duration.ofDays(ConversationRetention.DAYS);

    /** All notices together; a server that passed on several counts once. */
    Spread since(TownId town, Instant since);
}
