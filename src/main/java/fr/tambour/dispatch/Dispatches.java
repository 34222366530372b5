package fr.tambour.dispatch;

import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Where notices went: the ground of their account. */
public interface Dispatches {

    /** All of one notice, oldest first. */
    List<Dispatch> of(TownId town, NoticeId notice);

    /** The newest per channel of each of these notices, in the order of the channels' names. */
    Map<NoticeId, List<Dispatch>> latest(TownId town, Collection<NoticeId> notices);
}
