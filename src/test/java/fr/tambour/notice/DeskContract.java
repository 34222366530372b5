package fr.tambour.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.ui.Refusal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the parts of the desk's contract share. */
interface DeskContract {

    DeskTown town();

    default NoticeDesk desk() {
        return town().desk;
    }

    default void refused(String code, ThrowingCallable step) {
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    default void stands(NoticeId id, DraftState draft, PublicState shown) {
        assertThat(town().notice(id).standing()).isEqualTo(new Lifecycle.Standing(draft, shown));
    }
}
