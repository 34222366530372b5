package fr.tambour.notice.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import fr.tambour.ui.Refusal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The API's words for the domain's closed sets: the same names, in lower case with hyphens. */
final class Vocabulary {

    /** What a notice's list of actions means, wherever it stands. */
    static final String MAY =
            "What you may do to it now: possible where it stands, and yours by your roles, by this token and by the town's policy.";

    private Vocabulary() {}

    @Schema(enumAsRef = true, description = "What sort of notice: news, an event, practical information, an emergency.")
    enum Kind {
        @JsonProperty("news")
        NEWS,
        @JsonProperty("event")
        EVENT,
        @JsonProperty("practical")
        PRACTICAL,
        @JsonProperty("emergency")
        EMERGENCY
    }

    @Schema(enumAsRef = true, description = "Where the one working draft stands. `none`: there is no working draft.")
    enum DraftState {
        @JsonProperty("none")
        NONE,
        @JsonProperty("draft")
        DRAFT,
        @JsonProperty("submitted")
        SUBMITTED,
        @JsonProperty("changes-asked")
        CHANGES_ASKED,
        @JsonProperty("approved")
        APPROVED
    }

    @Schema(enumAsRef = true, description = "What the public sees of the notice, whatever its draft.")
    enum PublicState {
        @JsonProperty("none")
        NONE,
        @JsonProperty("scheduled")
        SCHEDULED,
        @JsonProperty("published")
        PUBLISHED,
        @JsonProperty("expired")
        EXPIRED,
        @JsonProperty("withdrawn")
        WITHDRAWN
    }

    @Schema(enumAsRef = true, description = "A step of a notice's life.")
    enum Action {
        @JsonProperty("edit")
        EDIT,
        @JsonProperty("submit")
        SUBMIT,
        @JsonProperty("take-back")
        TAKE_BACK,
        @JsonProperty("ask-changes")
        ASK_CHANGES,
        @JsonProperty("approve")
        APPROVE,
        @JsonProperty("schedule")
        SCHEDULE,
        @JsonProperty("unschedule")
        UNSCHEDULE,
        @JsonProperty("publish")
        PUBLISH,
        @JsonProperty("amend")
        AMEND,
        @JsonProperty("miss")
        MISS,
        @JsonProperty("correct")
        CORRECT,
        @JsonProperty("discard")
        DISCARD,
        @JsonProperty("expire")
        EXPIRE,
        @JsonProperty("withdraw")
        WITHDRAW
    }

    @Schema(enumAsRef = true, description = "As in the Common Alerting Protocol 1.2.")
    enum Severity {
        @JsonProperty("minor")
        MINOR,
        @JsonProperty("moderate")
        MODERATE,
        @JsonProperty("severe")
        SEVERE,
        @JsonProperty("extreme")
        EXTREME
    }

    @Schema(
            enumAsRef = true,
            description = "Every day, every week on the same weekday, every month on the same day (RFC 5545 FREQ).")
    enum Frequency {
        @JsonProperty("daily")
        DAILY,
        @JsonProperty("weekly")
        WEEKLY,
        @JsonProperty("monthly")
        MONTHLY
    }

    @Schema(enumAsRef = true, description = "A ninth of a picture, as whoever looks at it sees it.")
    enum Focus {
        @JsonProperty("top-left")
        TOP_LEFT,
        @JsonProperty("top")
        TOP,
        @JsonProperty("top-right")
        TOP_RIGHT,
        @JsonProperty("left")
        LEFT,
        @JsonProperty("centre")
        CENTRE,
        @JsonProperty("right")
        RIGHT,
        @JsonProperty("bottom-left")
        BOTTOM_LEFT,
        @JsonProperty("bottom")
        BOTTOM,
        @JsonProperty("bottom-right")
        BOTTOM_RIGHT
    }

    @Schema(enumAsRef = true, description = "Whether a finding stops the notice or advises.")
    enum Weight {
        @JsonProperty("blocks")
        BLOCKS,
        @JsonProperty("advises")
        ADVISES
    }

    @Schema(enumAsRef = true, description = "When an approved notice comes out.")
    enum When {
        @JsonProperty("now")
        NOW,
        @JsonProperty("at")
        AT,
        @JsonProperty("as-wished")
        AS_WISHED,
        @JsonProperty("later")
        LATER
    }

    /** The same constant of another enum: from the domain's words to the API's, or back. */
    static <E extends Enum<E>> E same(Class<E> type, Enum<?> value) {
        return Enum.valueOf(type, value.name());
    }

    /** `TAKE_BACK` as programs read it: `take-back`. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A query parameter's value; absent stays absent. */
    static <E extends Enum<E>> @Nullable E read(Class<E> type, String parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> word(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new Refusal(HttpStatus.BAD_REQUEST, "api.unknown-value", parameter, words(type)));
    }

    /** All words of a set, for whoever used another. */
    static String words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(value -> word((Enum<?>) value))
                .collect(Collectors.joining(", "));
    }
}
