package fr.tambour.notice;

import fr.tambour.people.Actor;

/**
 * What a person may do to a notice that is under way over a channel. Whoever carries notices implements it. It needs the right to publish, of an alert the one to
 * alert, and stands in the journal with who did it and why. What takes a notice back is neither held nor stopped by anybody.
 *
 * <p>Every method may be refused with {@code people.right-missing} (403) or {@code dispatch.nothing-under-way} (409), and with
 * {@code text.too-long} (422) for the reason.
 */
public interface Interventions {

    /** No further page of recipients begins once this has committed; one that has begun is settled. */
    void pause(Actor actor, NoticeId notice, String channel, String reason);

    /** It goes on where it stood. */
    void resume(Actor actor, NoticeId notice, String channel, String reason);

    /**
     * Whoever has not been told is not told any more, by this revision. That is for good.
     *
     * @throws fr.tambour.ui.Refusal 422 {@code dispatch.reason-missing} where no reason is given
     */
    void stop(Actor actor, NoticeId notice, String channel, String reason);
}
