package fr.tambour.notice.api;

import fr.tambour.notice.api.Vocabulary.When;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What programs send, apart from content. */
final class Requests {

    private Requests() {}

    @Schema(description = "A notice to begin. Whatever is missing may be added later.")
    record NoticeCreation(
            NoticeContent content,

            @Schema(description = "For colleagues; never public.", example = "Vu avec le comité des fêtes.") @Nullable
            String internalNote) {}

    @Schema(description = "The whole working draft, as it is to be.")
    record DraftChange(
            NoticeContent content,

            @Schema(
                    description =
                            "Why a correction is made, in words for the public; ignored before a first publication.")
            @Nullable
            String reason,

            @Schema(
                    description =
                            "The version that the change started from. Instead of `If-Match`; a stale one is answered 409.",
                    example = "1")
            @Nullable
            Long version) {}

    @Schema(description = "A note for colleagues.")
    record InternalNote(
            @Schema(example = "Vu avec le comité des fêtes.")
            String text) {}

    @Schema(description = "Which version is submitted.")
    record Submission(
            @Schema(description = "The draft's version that you saw; another is answered 409.", example = "1")
            Long version,

            @Schema(description = "For the approver.") @Nullable
            String comment) {}

    @Schema(description = "What to change.")
    record ChangeRequest(
            @Schema(description = "The revision that was read; another is answered 409.", example = "1")
            Integer revision,

            @Schema(description = "Which change is asked for.", example = "Merci de préciser l’horaire de fin.")
            String comment) {}

    @Schema(description = "An approval, and when the notice comes out.")
    record Approval(
            @Schema(description = "The revision that was read; another is answered 409.", example = "1")
            Integer revision,

            @Nullable String comment,

            @Schema(description = "Left out: as its author wished, else not yet.") @Nullable
            Release release) {}

    @Schema(description = """
            When an approved notice comes out: `now`; `at` a `time`; `as-wished` by its author, if that is still ahead; `later`: not yet.""")
    record Release(
            When when,
            @Schema(description = "For `at`.") @Nullable TownTime time) {}

    @Schema(description = "When to publish.")
    record Schedule(TownTime time) {}

    @Schema(description = "Why, in words for the public.")
    record Withdrawal(
            @Schema(example = "Le marché est annulé en raison de la tempête.")
            String reason) {}

    @Schema(description = "Why what is on its way is held back.")
    record Pause(
            @Schema(description = "For the journal.", example = "On vérifie l’heure.") @Nullable
            String reason) {}

    @Schema(description = "Why what is on its way is stopped.")
    record Stop(
            @Schema(description = "For the journal.", example = "L’heure est fausse.")
            String reason) {}

    @Schema(description = "A later end.")
    record Prolongation(
            @Schema(description = "The new end, exclusive.") TownTime until,

            @Schema(description = "Why, in words for the public.", example = "Les travaux durent une semaine de plus.")
            String reason) {}

    @Schema(description = "A day on which a repeated event does not take place.")
    record CancelledOccurrence(
            @Schema(description = "The day on which it would have begun.", format = "date", example = "2026-12-12")
            String day,

            @Schema(description = "Why, in words for the public.", example = "La salle est prise par le vote.")
            String reason) {}

    @Schema(description = "What one channel shows in one language, where it differs from what is derived.")
    record RenditionChange(
            @Schema(
                    description = "Its texts by field, see `GET /api/v1/channels`. What is not here is derived.",
                    example = "{\"title\": \"Marché de Noël samedi\"}")
            Map<String, String> fields,

            @Schema(
                    description =
                            "The draft's version that the change started from. Instead of `If-Match`; a stale one is answered 409.",
                    example = "1")
            @Nullable
            Long version) {}

    @Schema(description = "A correction of a standing emergency, released at once.")
    record EmergencyCorrection(
            @Schema(
                    description = "The public revision that the change started from; a newer one is a conflict.",
                    example = "1")
            Integer revision,

            NoticeContent content,

            @Schema(description = "Why, in words for the public.", example = "La zone concernée est étendue.")
            String reason) {}
}
