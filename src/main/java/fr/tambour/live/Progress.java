package fr.tambour.live;

import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.util.OptionalLong;

/** Whoever carries notices says by this how far one is, so that open pages that follow it hear when it moves. */
public interface Progress {

    /**
     * Another number than before if anything has become of the notice's way since; quick, since it is asked each second. Empty
     * where it goes nowhere.
     */
    OptionalLong mark(TownId town, NoticeId notice);
}
