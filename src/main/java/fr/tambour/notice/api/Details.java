package fr.tambour.notice.api;

import fr.tambour.notice.api.NoticeView.PersonView;
import fr.tambour.notice.api.Vocabulary.Action;
import fr.tambour.notice.api.Vocabulary.DraftState;
import fr.tambour.notice.api.Vocabulary.PublicState;
import fr.tambour.notice.api.Vocabulary.Weight;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What else can be read of a notice, and of the town that it is for. */
final class Details {

    private Details() {}

    @Schema(description = "One page of a notice's steps, oldest first.")
    record History(
            List<Entry> items,

            @Schema(
                    description = NextPage.ADDRESS,
                    format = "uri-reference",
                    example = "/api/v1/notices/0p4dk3cx5g2fj/history?limit=50&cursor=8k2j1h0g9f8d")
            @Nullable
            String next,

            @Schema(description = NextPage.CURSOR) @Nullable String nextCursor) {

        @Schema(name = "HistoryEntry", description = "One step.")
        record Entry(
                OffsetDateTime at,

                @Schema(description = "Absent where the clock did it.") @Nullable
                PersonView person,

                Action action,
                DraftState draftState,
                PublicState publicState,

                @Schema(description = "The revision it was about; 0: none.")
                int revision,

                @Schema(description = "The reason given; may be empty.")
                String reason) {}
    }

    @Schema(description = "Whom a notice would reach if it were released now.")
    record Reach(
            @Schema(description = "When it would come out: as its author wished if that is still ahead, else at once.")
            OffsetDateTime at,

            List<ReachedChannel> channels) {

        @Schema(description = "What it would do over one channel. A number from one to nine is left out.")
        record ReachedChannel(
                @Schema(example = "phone") String channel,

                @Schema(
                        description =
                                "Whether people are told one by one; else it is shown to whoever looks, and there is nothing to count.")
                boolean told,

                @Schema(description = "How many at once.", example = "4337") @Nullable
                Long now,

                @Schema(description = "Those who are in their quiet hours then.")
                List<Later> later,

                @Schema(description = "How many not at all: it is over before their quiet hours are.") @Nullable
                Long tooLate) {}

        @Schema(name = "ReachedLater", description = "Those whose quiet hours end at one time.")
        record Later(OffsetDateTime at, @Nullable Long count) {}
    }

    @Schema(description = "One page of a notice's frozen revisions, oldest first.")
    record RevisionList(
            List<Revision> items,

            @Schema(
                    description = NextPage.ADDRESS,
                    format = "uri-reference",
                    example = "/api/v1/notices/0p4dk3cx5g2fj/revisions?limit=20&cursor=k")
            @Nullable
            String next,

            @Schema(description = NextPage.CURSOR) @Nullable String nextCursor) {}

    @Schema(description = "A revision as it was submitted; it never changes.")
    record Revision(
            int number,
            NoticeContent content,
            List<Shown> renditions,

            @Schema(description = "SHA-256, hex, over all that approval covers.")
            String hash,

            @Schema(description = "Why the correction was made; empty for a first publication.")
            String reason,

            OffsetDateTime submittedAt,
            PersonView submittedBy,
            @Nullable OffsetDateTime publishedAt) {}

    @Schema(
            name = "Rendition",
            description = "The notice as one channel shows it in one language. Text and fields, never HTML.")
    record Shown(
            @Schema(example = "feed") String channel,

            @Schema(description = "BCP 47.", example = "fr") String language,

            Map<String, String> fields,

            @Schema(description = "Whether a person changed it.")
            boolean edited) {}

    @Schema(description = "The working draft as each chosen channel would show it.")
    record Renditions(List<Shown> items) {}

    @Schema(description = "What is missing or doubtful in the working draft.")
    record Findings(
            List<Finding> items,

            @Schema(description = "Whether it could be submitted as it stands.")
            boolean complete) {}

    @Schema(description = "One thing that is missing or doubtful.")
    record Finding(
            Weight weight,

            @Schema(description = "Stable name.", example = "summary.missing")
            String code,

            @Schema(description = "Where: a path into the content, or a text's name.", example = "summary")
            String field,

            @Schema(description = "A sentence in the language of Accept-Language.")
            String message) {}

    @Schema(description = "The town's districts or themes, in its order.")
    record Choices(List<Choice> items) {}

    @Schema(description = "A district or a theme.")
    record Choice(
            @Schema(example = "812345678901234567") String id,

            @Schema(example = "centre") String slug,

            @Schema(description = "By language.", example = "{\"fr\": \"Centre\"}")
            Map<String, String> names) {}

    @Schema(description = "The ways out, in their order.")
    record ChannelList(List<ChannelView> items) {}

    @Schema(name = "Channel", description = "One way out.")
    record ChannelView(
            @Schema(example = "feed") String name,

            @Schema(description = "Whether it cannot be left out.")
            boolean always,

            @Schema(description = "The kinds that go out over it unless somebody says otherwise.")
            List<Vocabulary.Kind> defaultFor,

            @Schema(description = "The fields it shows, which may be edited.")
            List<String> fields,

            @Schema(
                    description =
                            "Those of the fields that are chosen, not written: their values, the usual one first.",
                    example = "{\"form\": [\"post\", \"thread\"]}")
            Map<String, List<String>> choices) {}

    @Schema(description = "A picture kept, by its content: the same picture twice is one.")
    record Picture(
            @Schema(description = "Its name in a notice's `pictures`.")
            String hash,

            @Schema(description = "Pixels, once upright.", example = "1600")
            int width,

            @Schema(example = "900") int height,

            @Schema(example = "image/jpeg") String mediaType) {}

    @Schema(description = "Who the token acts as, where, and what it may do.")
    record Me(
            PersonView person,
            TownView town,
            List<String> roles,

            @Schema(example = "[\"notices:read\", \"notices:write\"]")
            List<String> rights) {

        @Schema(name = "Town")
        record TownView(
                @Schema(example = "clairval") String slug,

                @Schema(example = "Clairval-sur-Orge") String name,

                @Schema(format = "uri", example = "https://www.clairval.example")
                String url,

                @Schema(description = "BCP 47; the first is mandatory.", example = "[\"fr\", \"en\"]")
                List<String> languages,

                @Schema(example = "Europe/Paris") String zone) {}
    }

    @Schema(
            name = "ExerciseReport",
            description =
                    "How long an exercise took. Durations are milliseconds. What has not happened is null. Counts are exact, however few.")
    record ExerciseTimes(
            @Schema(example = "0p4dk3cx5g2fj") String notice,

            @Nullable Step begun,
            @Nullable Step submitted,
            @Nullable Step approved,
            @Nullable Step released,

            @Schema(description = "When it was called off.") @Nullable
            Step withdrawn,

            @Schema(description = "From the beginning of writing to the release.", example = "48000") @Nullable
            Long beginningToReleaseMs,

            @Schema(description = "In the order in which they left; none before the release.")
            List<Way> channels) {

        @Schema(name = "ExerciseStep", description = "When, and by whom; nobody where the clock did it.")
        record Step(OffsetDateTime at, @Nullable PersonView by) {}

        @Schema(name = "ExerciseChannel", description = "One channel. Counts only where people are told one by one.")
        record Way(
                @Schema(example = "phone") String channel,

                @Schema(description = "Whether people are told one by one; otherwise it is only shown.")
                boolean told,

                OffsetDateTime beganAt,

                @Schema(description = "When everybody was accounted for.") @Nullable
                OffsetDateTime settledAt,

                @Schema(description = "The service took it.", example = "23") @Nullable
                Long accepted,

                @Schema(description = "No longer there.", example = "1") @Nullable
                Long gone,

                @Schema(description = "Refused for good, or given up.", example = "0") @Nullable
                Long failed,

                @Schema(description = "To be tried again.", example = "0") @Nullable
                Long waiting,

                @Schema(description = "Not told before it was over or stopped, or nobody can tell.", example = "0")
                @Nullable
                Long others,

                @Nullable OffsetDateTime firstAcceptedAt,
                @Nullable OffsetDateTime lastAcceptedAt,

                @Schema(description = "From the channel's beginning.", example = "640") @Nullable
                Long medianMs,

                @Schema(description = "Of 95 in a hundred, from the channel's beginning.", example = "1200") @Nullable
                Long p95Ms,

                @Schema(description = "From the beginning of writing until half of the acceptances.", example = "48640")
                @Nullable
                Long beginningToMedianMs) {}
    }
}
