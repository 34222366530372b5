package fr.tambour.notice.api;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(description = """
                A time on the town's clock, to the minute. In the night when the clock jumps forward some times do not exist; in the night when it \
                goes back some exist twice and need `offset`. Either is a finding (`time.missing`, `time.twice`) that blocks submission.""")
record TownTime(
        @Schema(
                description = "Date and time without offset, ISO 8601.",
                pattern = "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?$",
                example = "2026-12-05T18:30")
        String local,

        @Schema(
                description = "The town's time zone. Always answered; if you send it, it must be the town's.",
                example = "Europe/Paris")
        @Nullable
        String zone,

        @Schema(
                description = "Offset from UTC. Needed only for a time that the clock has twice that night.",
                pattern = "^(Z|[+-]\\d{2}:\\d{2})$",
                example = "+01:00")
        @Nullable
        String offset) {}
