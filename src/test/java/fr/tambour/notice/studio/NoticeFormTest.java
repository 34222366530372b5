package fr.tambour.notice.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.notice.Content.Source;
import fr.tambour.notice.Kind;
import fr.tambour.notice.WallTime;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeFormTest {

    private final Town town = new Town(
            new TownId(1), "clairval", TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false, 1);
    private final NoticeForm form = new NoticeForm(town);

    @Test
    void what_is_written_is_read_again() {
        Content content = new Content(
                Kind.EVENT,
                new TreeMap<>(Map.of(
                        "fr", new Content.Words("Titre", "Résumé", "Du **texte**", "Gratuit", "De plain-pied", ""),
                        "en", new Content.Words("Title", "", "", "", "", ""))),
                List.of(
                        new PictureUse(
                                "b2",
                                new TreeMap<>(Map.of("fr", "Un kiosque")),
                                false,
                                "M. Duval",
                                Content.Focus.TOP_LEFT),
                        new PictureUse("a1", new TreeMap<>(), true, "", Content.Focus.CENTRE)),
                new TreeSet<>(Set.of(7L)),
                new TreeSet<>(Set.of(3L, 4L)),
                time("2026-12-01T08:00"),
                time("2026-12-20T18:00"),
                new Source("Préfecture", LocalDate.parse("2026-11-20")),
                new Event(
                        new WallTime(LocalDateTime.parse("2027-10-31T02:30"), ZoneOffset.ofHours(1)),
                        time("2027-10-31T04:00"),
                        false,
                        "Kiosque",
                        "Quai des Saules",
                        "L’harmonie",
                        new Repeat(
                                Repeat.Frequency.WEEKLY,
                                LocalDate.parse("2027-12-01"),
                                new TreeSet<>(Set.of(LocalDate.parse("2027-11-07"), LocalDate.parse("2027-11-14"))))),
                null,
                new TreeSet<>(Set.of("feed", "website")),
                new TreeMap<>(Map.of(
                        "feed", new TreeMap<>(Map.of("fr", new TreeMap<>(Map.of("title", "Autre titre")))))),
                time("2026-11-30T09:00"));

        assertThat(form.read(form.write(content))).isEqualTo(content);
    }

    @Test
    void people_say_the_last_day_and_the_midnight_after_it_is_stored() {
        FormFields fields = event("2026-12-05");
        fields.put("event.allDay", "on");
        fields.put("event.end.date", "2026-12-06");

        assertThat(form.read(fields).event().end()).isEqualTo(time("2026-12-07T00:00"));
        assertThat(form.write(form.read(fields)).get("event.end.date")).isEqualTo("2026-12-06");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30", "2026-13-01", "+999999999-12-31", "-0044-03-15", "12026-01-01", "demain"})
    void a_day_that_does_not_exist_is_refused_wherever_it_stands(String day) {
        for (String field : List.of(
                "from.date",
                "until.date",
                "wished.date",
                "source.date",
                "event.start.date",
                "event.end.date",
                "event.repeat.last")) {
            FormFields fields = event("2026-12-05");
            fields.put("event.allDay", "on");
            fields.put(field, day);
            assertThatThrownBy(() -> form.read(fields))
                    .as(field)
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("notice.date-unreadable"));
        }
    }

    @Test
    void a_night_at_the_end_of_time_is_refused() {
        FormFields fields = event("+999999999-12-31");
        fields.put("event.end.time", "01:00");
        assertThatThrownBy(() -> form.read(fields)).isInstanceOf(Refusal.class);
    }

    @Test
    void an_end_without_a_day_is_the_same_day_or_the_night_that_follows() {
        FormFields fields = event("2026-12-05");
        fields.put("event.start.time", "20:00");
        fields.put("event.end.time", "23:00");
        assertThat(form.read(fields).event().end()).isEqualTo(time("2026-12-05T23:00"));

        fields.put("event.end.time", "02:00");
        assertThat(form.read(fields).event().end()).isEqualTo(time("2026-12-06T02:00"));
    }

    @Test
    void an_end_said_by_its_time_alone_goes_with_the_start() {
        FormFields fields = event("2026-12-12");
        fields.put("event.start.time", "20:00");
        fields.put("event.end.time", "22:00");
        FormFields shown = form.write(form.read(fields));
        assertThat(shown.get("event.end.date")).isEmpty();

        shown.put("event.start.date", "2026-12-05");
        assertThat(form.read(shown).event().end()).isEqualTo(time("2026-12-05T22:00"));
    }

    @Test
    void an_event_of_several_days_shows_its_last_day() {
        FormFields fields = event("2026-12-05");
        fields.put("event.start.time", "10:00");
        fields.put("event.end.date", "2026-12-06");
        fields.put("event.end.time", "19:00");
        assertThat(form.write(form.read(fields)).get("event.end.date")).isEqualTo("2026-12-06");
    }

    @Test
    void an_event_is_kept_while_the_notice_is_of_another_kind() {
        FormFields fields = event("2026-12-05");
        fields.put("event.place", "Gymnase");
        fields.put("kind", Kind.NEWS);

        Content asNews = form.read(form.write(form.read(fields)));
        assertThat(asNews.event().place()).isEqualTo("Gymnase");
        assertThat(asNews.fitted().event()).isNull();
    }

    @Test
    void an_edit_that_the_form_did_not_show_stays() {
        TreeMap<String, String> edit = new TreeMap<>(Map.of("title", "Mon titre"));
        Content stored = form.read(event("2026-12-05")).withEdited("feed", "fr", edit);
        FormFields unseen = event("2026-12-05");
        assertThat(NoticeForm.withUnseenEdits(unseen, form.read(unseen), stored).edited())
                .isEqualTo(stored.edited());

        FormFields seen = event("2026-12-05");
        seen.put("edited.feed.fr.title", "Mon titre");
        seen.put("derived.feed.fr.title", "Titre");
        assertThat(NoticeForm.withUnseenEdits(seen, form.read(seen), stored).edited())
                .as("its box is not ticked any more")
                .isEmpty();
    }

    @Test
    void a_rendition_that_nobody_touched_keeps_following_the_notice() {
        FormFields fields = event("2026-12-05");
        fields.put("edited.feed.fr", "on");
        fields.put("edited.feed.fr.title", "Mon titre");
        fields.put("derived.feed.fr.title", "Titre");
        fields.put("edited.feed.fr.summary", "Résumé\r\n");
        fields.put("derived.feed.fr.summary", "Résumé");

        assertThat(form.read(fields).edited().get("feed").get("fr")).containsExactly(Map.entry("title", "Mon titre"));
    }

    @Test
    void what_is_chosen_of_a_rendition_counts_without_its_text_being_written_by_hand() {
        FormFields fields = event("2026-12-05");
        fields.put("edited.fediverse.fr.text", "Mon texte");
        fields.put("derived.fediverse.fr.text", "Texte");
        fields.put("chosen.fediverse.fr.form", "post");
        fields.put("derived.fediverse.fr.form", "post");
        assertThat(form.read(fields).edited()).as("the usual choice is none").isEmpty();

        fields.put("chosen.fediverse.fr.form", "thread");
        Content read = form.read(fields);

        assertThat(read.edited().get("fediverse").get("fr")).containsExactly(Map.entry("form", "thread"));
        assertThat(form.read(form.write(read)).edited()).isEqualTo(read.edited());
    }

    @Test
    void a_day_that_does_not_exist_is_refused_by_name() {
        assertThatThrownBy(() -> form.read(event("2026-02-30")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("notice.date-unreadable"));
    }

    private static FormFields event(String day) {
        FormFields fields = FormFields.empty();
        fields.put("kind", Kind.EVENT);
        fields.put("event.start.date", day);
        return fields;
    }

    private static WallTime time(String local) {
        return WallTime.of(LocalDateTime.parse(local));
    }
}
