package fr.tambour.notice.api;

import fr.tambour.notice.api.NoticeView.PersonView;
import fr.tambour.notice.api.Vocabulary.DraftState;
import fr.tambour.notice.api.Vocabulary.Kind;
import fr.tambour.notice.api.Vocabulary.PublicState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(description = "One page of notices, last touched first.")
record NoticeList(
        List<Row> items,

        @Schema(
                description = NextPage.ADDRESS,
                format = "uri-reference",
                example = "/api/v1/notices?limit=50&cursor=mb1x2y3z.8k2j1h0g9f8d")
        @Nullable
        String next,

        @Schema(description = NextPage.CURSOR) @Nullable String nextCursor) {

    @Schema(name = "NoticeRow", description = "A notice in a list.")
    record Row(
            @Schema(example = "0p4dk3cx5g2fj") String id,

            Kind kind,

            @Schema(description = "Whether it is an exercise of an alert: nothing real, and never to become it.")
            boolean exercise,

            DraftState draftState,
            PublicState publicState,
            String title,
            OffsetDateTime touchedAt,
            PersonView touchedBy,

            @Schema(description = "When it will be published, while scheduled.") @Nullable
            OffsetDateTime due,

            @Schema(description = "Its end, once published.") @Nullable
            OffsetDateTime until,

            @Nullable OffsetDateTime publishedAt,
            int revision) {}
}
