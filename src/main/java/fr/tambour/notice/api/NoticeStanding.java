package fr.tambour.notice.api;

import fr.tambour.notice.api.Vocabulary.Action;
import fr.tambour.notice.api.Vocabulary.DraftState;
import fr.tambour.notice.api.Vocabulary.Kind;
import fr.tambour.notice.api.Vocabulary.PublicState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(description = "Where a notice stands after a step.")
record NoticeStanding(
        @Schema(example = "0p4dk3cx5g2fj") String id,

        Kind kind,

        @Schema(description = "Whether it is an exercise of an alert: nothing real, and never to become it.")
        boolean exercise,

        DraftState draftState,
        PublicState publicState,

        @Schema(description = Vocabulary.MAY) List<Action> actions,

        @Schema(description = "The highest revision number so far.")
        int revision,

        @Schema(description = "The working draft's version, where there is one.") @Nullable
        Long version,

        @Schema(description = "When it will be published, while it is scheduled.") @Nullable
        OffsetDateTime due,

        @Schema(description = "Its page on the town's site, once published.", format = "uri") @Nullable
        String page) {}
