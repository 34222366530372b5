package fr.tambour.operations.internal.demonstration;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The invented town as it lies in {@code notices.json}; its key {@code about} explains the conventions. Days count from
 * the day the demonstration is made.
 */
@JsonNaming(SnakeCaseStrategy.class)
record DemoContent(
        TownFacts town,
        List<DemoPerson> people,
        List<Subject> districts,
        List<Subject> themes,
        List<DemoNotice> notices) {

    @JsonNaming(SnakeCaseStrategy.class)
    record TownFacts(
            String name,
            String postalCode,
            String inseeCode,
            int population,
            String address,
            String phone,
            String mail,
            String mayor,
            List<String> languages,
            List<String> openingHours,
            String arms) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record DemoPerson(
            String key,
            String givenName,
            String familyName,
            String email,
            String functionFr,
            String functionEn,
            Set<String> roles) {

        String name() {
            return givenName + " " + familyName;
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Subject(String slug, String nameFr, String nameEn) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record DemoNotice(
            String slug,
            String kind,
            String state,
            @Nullable Integer publishedDaysAgo,
            @Nullable String publishedAt,
            @Nullable Integer publishedMinutesAgo,
            @Nullable Integer writtenDaysAgo,
            @Nullable Integer fromDays,
            @Nullable String from,
            @Nullable Integer untilDays,
            @Nullable String until,
            String titleFr,
            String summaryFr,
            @Nullable String bodyFr,
            @Nullable String titleEn,
            @Nullable String summaryEn,
            @Nullable String bodyEn,
            @Nullable String titleFrsimple,
            @Nullable String summaryFrsimple,
            @Nullable String bodyFrsimple,
            List<String> districts,
            List<String> themes,
            @Nullable DemoSource source,
            @Nullable String internalNote,
            String author,
            @Nullable String approver,
            @Nullable String picture,
            @Nullable String altFr,
            @Nullable String altEn,
            @Nullable String credit,
            @Nullable List<DemoPicture> morePictures,
            @Nullable Anchor anchor,
            @Nullable DemoEvent event,
            @Nullable DemoEmergency emergency,
            @Nullable List<DemoCorrection> corrections,
            @Nullable DemoWithdrawal withdrawal,
            @Nullable String changeRequestComment) {

        /** All its pictures, the first one first. */
        List<DemoPicture> pictures() {
            List<DemoPicture> all = new ArrayList<>();
            if (picture != null) {
                all.add(new DemoPicture(picture, altFr, altEn, credit));
            }
            if (morePictures != null) {
                all.addAll(morePictures);
            }
            return all;
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record DemoPicture(
            String picture,
            @Nullable String altFr,
            @Nullable String altEn,
            @Nullable String credit) {}

    record DemoSource(String name) {}

    /** The calendar day that a notice belongs to. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Anchor(String date, int baseDays) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record DemoEvent(
            int startDays,
            @Nullable String start,
            @Nullable String end,
            @Nullable Integer endDays,
            boolean allDay,
            @Nullable String place,
            @Nullable String address,
            @Nullable String price,
            @Nullable String accessibility,
            @Nullable String priceEn,
            @Nullable String accessibilityEn,
            @Nullable String organiser,
            @Nullable String weekday,
            @Nullable DemoRepeat repeat) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record DemoRepeat(String frequency, int untilDays, List<Integer> exceptDays) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record DemoEmergency(
            String instruction, @Nullable String instructionEn, String severity, String area, String contact) {}

    /** @param state how far it has come; null once it is public */
    @JsonNaming(SnakeCaseStrategy.class)
    record DemoCorrection(
            int daysAgo,
            String at,
            @Nullable String state,
            String reason,
            String field,
            @Nullable String old,
            @JsonProperty("new") String corrected) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record DemoWithdrawal(int daysAgo, String at, String reason) {}
}
