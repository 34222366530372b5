package fr.tambour.dispatch;

import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.util.List;

/** Where notices went: the ground of their account. */
public interface Dispatches {

    /** All of one notice, oldest first. */
    List<Dispatch> of(TownId town, NoticeId notice);

    /** What became of each revision over each channel, oldest first. */
    List<Account> accounts(TownId town, NoticeId notice);

    /**
     * How many an account's dispatches have still to tell, those to be tried again among them.
     *
     * @param all accounts of its notice
     */
    Left left(Account account, List<Account> all);

    /**
     * How many are left.
     *
     * @param expected how many there were to be told in all
     * @param about whether that is a guess: a correction or a withdrawal finds out as it goes whom earlier ones reached
     */
    record Left(long count, long expected, boolean about) {

        public static final Left NONE = new Left(0, 0, false);
    }
}
