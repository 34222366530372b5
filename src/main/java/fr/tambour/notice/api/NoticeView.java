package fr.tambour.notice.api;

import fr.tambour.notice.api.Vocabulary.Action;
import fr.tambour.notice.api.Vocabulary.DraftState;
import fr.tambour.notice.api.Vocabulary.Kind;
import fr.tambour.notice.api.Vocabulary.PublicState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(name = "Notice", description = "A notice as the people who work on it see it.")
record NoticeView(
        @Schema(description = "13 characters of lower-case Crockford base 32.", example = "0p4dk3cx5g2fj")
        String id,

        Kind kind,

        @Schema(description = "Whether it is an exercise of an alert: nothing real, and never to become it.")
        boolean exercise,

        DraftState draftState,
        PublicState publicState,

        @Schema(description = Vocabulary.MAY) List<Action> actions,

        @Schema(description = "In the town's first language; may be empty in a draft.")
        String title,

        @Schema(description = "The highest revision number so far; 0 before the first submission.")
        int revision,

        @Schema(description = "For colleagues; never public, not covered by approval.")
        String internalNote,

        OffsetDateTime createdAt,
        PersonView createdBy,

        @Schema(
                description =
                        "Who changed it since the last published revision; under four eyes none of them may approve.")
        List<PersonView> contributors,

        @Schema(description = "When it will be published, while it is scheduled.") @Nullable
        OffsetDateTime due,

        @Nullable DraftVersion draft,
        @Nullable Published published) {

    @Schema(name = "Person", description = "Somebody who works, or worked, for the town.")
    record PersonView(
            @Schema(example = "812345678901234567") String id,

            @Schema(example = "Inès Author") String name) {}

    @Schema(name = "Draft", description = "The one working draft. Its `version` is its ETag.")
    record DraftVersion(
            DraftState state,

            @Schema(description = "Counts changes; a change must name the version it started from.")
            long version,

            NoticeContent content,

            @Schema(description = "Why a correction is made, shown to the public; empty before a first publication.")
            String reason,

            @Schema(description = "Its revision number, while it is submitted or approved.") @Nullable
            Integer revision,

            OffsetDateTime updatedAt,
            PersonView updatedBy,
            @Nullable PersonView submittedBy,
            @Nullable PersonView approvedBy,
            @Nullable OffsetDateTime approvedAt) {}

    @Schema(name = "Published", description = "What the public sees, or last saw.")
    record Published(
            int revision,

            @Schema(description = "Its page on the town's site.", format = "uri")
            String page,

            OffsetDateTime firstPublishedAt,
            OffsetDateTime publishedAt,

            @Schema(description = "When anything public last changed, withdrawal and end included.")
            OffsetDateTime changedAt,

            @Schema(description = "Its end, exclusive.") OffsetDateTime until,

            NoticeContent content,
            @Schema(description = "Newest first.") List<CorrectionMade> corrections,

            @Nullable WithdrawalMade withdrawal) {}

    @Schema(name = "Correction", description = "A public change to what was published.")
    record CorrectionMade(int revision, OffsetDateTime at, String reason, List<Change> changes) {}

    @Schema(
            description =
                    "One fact, before and after; both are empty for `body`, `pictures`, `districts`, `themes` and `event.all-day`. `website.summary` is the summary over that channel alone.")
    record Change(
            @Schema(example = "event.start") String field,

            @Schema(description = "BCP 47 for texts, empty for facts.", example = "")
            String language,

            @Schema(example = "2026-12-05T18:30") String before,

            @Schema(example = "2026-12-05T19:00") String after) {}

    @Schema(name = "Withdrawal", description = "Why and when it was taken back.")
    record WithdrawalMade(OffsetDateTime at, String reason) {}
}
