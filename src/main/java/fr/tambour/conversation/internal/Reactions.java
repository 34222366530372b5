package fr.tambour.conversation.internal;

import fr.tambour.conversation.Reaction;
import fr.tambour.conversation.Spread;
import fr.tambour.conversation.Spreads;
import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Who liked or passed on what: one of each kind for somebody and a notice. Every method belongs into the caller's transaction. */
public interface Reactions extends Spreads {

    void add(TownId town, Reaction reaction, Instant now);

    boolean anyOf(TownId town, String author);

    boolean anyBy(TownId town, String author, String activity);

    void remove(TownId town, NoticeId notice, Reaction.Kind kind, String author);

    void remove(TownId town, String author, String activity);

    void removeAll(TownId town, String author);

    int count(TownId town, NoticeId notice, Reaction.Kind kind);

    /** How far each of these went; those that nobody passed on or liked are left out. */
    Map<NoticeId, Spread> spread(TownId town, Collection<NoticeId> notices);

    /** Of any town, no more than so many. */
    int purge(Instant before, int limit);
}
