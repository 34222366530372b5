package fr.tambour.dispatch;

import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.util.List;

/** Where notices went: the ground of their account. */
public interface Dispatches {

    /** All of one notice, oldest first. */
    List<Dispatch> of(TownId town, NoticeId notice);

    /** What became of each, oldest first. */
    List<Account> accounts(TownId town, NoticeId notice);
}
