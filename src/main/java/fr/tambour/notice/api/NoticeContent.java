package fr.tambour.notice.api;

import fr.tambour.notice.api.Vocabulary.Focus;
import fr.tambour.notice.api.Vocabulary.Frequency;
import fr.tambour.notice.api.Vocabulary.Kind;
import fr.tambour.notice.api.Vocabulary.Severity;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Schema(description = """
                All of a notice that is shown, or decides to whom and when: what approval covers. What is left out, or null, is not said.""")
record NoticeContent(
        @Schema(description = "What sort of notice. Cannot change once the notice was published.")
        Kind kind,

        @Schema(
                description = "The texts by language (BCP 47). The town's first language is mandatory for submission.",
                example = """
                        {"fr": {"title": "Marché de Noël, place de l’Hôtel-de-Ville",
                          "summary": "Quarante artisans, vin chaud et chorale, samedi 5 décembre de 10 h à 20 h.",
                          "body": "Entrée libre. **Stationnement** conseillé au parking des Tilleuls."}}""")
        @Nullable
        Map<String, Words> words,

        @Schema(description = "In the order shown; the first is the lead picture. At most 20.") @Nullable
        List<PictureUse> pictures,

        @Schema(description = "Ids of districts; none: the whole town.", example = "[]") @Nullable
        List<String> districts,

        @Schema(description = "Ids of themes; none: every theme.", example = "[]") @Nullable
        List<String> themes,

        @Schema(description = "When what it says begins to hold; informative.") @Nullable
        TownTime from,

        @Schema(description = """
                        Its end, exclusive: from then on it is shown nowhere but in the archive. By default 30 days for news, the last end of an event; \
                        practical information must say it; an emergency ends after 24 hours at most.""") @Nullable TownTime until,

        @Nullable Source source,
        @Schema(description = "For kind `event`.") @Nullable Event event,

        @Schema(description = "For kind `emergency`.") @Nullable
        Emergency emergency,

        @Schema(
                types = {"array", "null"},
                description =
                        "Names of the channels it goes out over, see `GET /api/v1/channels`. Left out or null: the kind's defaults; "
                                + "empty: only those that cannot be left out.",
                example = "[\"website\", \"feed\"]")
        @Nullable
        List<String> channels,

        @Schema(
                description =
                        "Renditions changed by hand: channel → language → field → text. What is not here is derived.",
                example = "{}")
        @Nullable
        Map<String, Map<String, Map<String, String>>> edited,

        @Schema(description = "When to publish it, as its author wishes.") @Nullable
        TownTime wished) {

    @Schema(description = "The texts in one language.")
    record Words(
            @Schema(description = "Says what and where: about 80 characters, at most 160.") @Nullable
            String title,

            @Schema(description = "What short channels show: about 180 characters, at most 400.") @Nullable
            String summary,

            @Schema(description = "Markdown.") @Nullable String body,

            @Schema(description = "Of an event.", example = "Gratuit") @Nullable
            String price,

            @Schema(description = "Of an event's place.", example = "Accessible en fauteuil roulant") @Nullable
            String accessibility,

            @Schema(
                    description = "In an emergency: what to do.",
                    example = "Restez chez vous et fermez portes et fenêtres.")
            @Nullable
            String instruction) {}

    @Schema(description = "A picture as this notice uses it.")
    record PictureUse(
            @Schema(description = "As `POST /api/v1/pictures` answered.")
            String hash,

            @Schema(
                    description = "What it shows, for whoever cannot see it, by language.",
                    example = "{\"fr\": \"Des chalets de bois illuminés sur la place.\"}")
            @Nullable
            Map<String, String> alternatives,

            @Schema(description = "Said on purpose: it tells nothing and needs no alternative.") @Nullable
            Boolean decorative,

            @Schema(description = "Who made it.", example = "Service culture") @Nullable
            String credit,

            @Schema(
                    description =
                            "What is to remain visible where the picture is cut; left out: as it was, or the centre.")
            @Nullable
            Focus focus) {}

    @Schema(description = "Where the information comes from.")
    record Source(
            @Schema(description = "The service or body that says so.", example = "Préfecture de l’Orne") @Nullable
            String name,

            @Schema(description = "The day it said so.", format = "date", example = "2026-11-23") @Nullable
            String date) {}

    @Schema(description = "When and where.")
    record Event(
            @Nullable TownTime start,

            @Schema(description = "Exclusive; left out: it is not said. For whole days the midnight after the last.")
            @Nullable
            TownTime end,

            @Schema(description = "Whether it has dates only.") @Nullable
            Boolean allDay,

            @Schema(example = "Place de l’Hôtel-de-Ville") @Nullable
            String place,

            @Schema(example = "1, place de l’Hôtel-de-Ville") @Nullable
            String address,

            @Schema(example = "Comité des fêtes") @Nullable String organiser,

            @Nullable Repeat repeat) {}

    @Schema(description = "How an event comes back.")
    record Repeat(
            Frequency frequency,

            @Schema(description = "The last day on which it may begin.", format = "date", example = "2026-12-26")
            String last,

            @ArraySchema(
                    arraySchema =
                            @Schema(
                                    description = "Days on which it does not take place.",
                                    example = "[\"2026-12-19\"]"),
                    schema = @Schema(format = "date"))
            @Nullable
            List<String> except) {}

    @Schema(description = "What an alert adds.")
    record Emergency(
            @Nullable Severity severity,

            @Schema(description = "Where it holds, in words.", example = "Rives de l’Orne") @Nullable
            String area,

            @Schema(description = "Whom to call.", example = "02 33 00 00 00") @Nullable
            String contact,

            @Schema(
                    description =
                            "Whether it is an exercise: it says so everywhere, reaches only phones that agreed to exercises, and stands "
                                    + "on its own page alone. Said as the notice is begun (left out: it is none), and never changed: "
                                    + "saying otherwise later is refused (409 `notice.exercise-stays`), leaving it out changes nothing.",
                    example = "false")
            @Nullable
            Boolean exercise) {}
}
