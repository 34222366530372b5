package fr.tambour.notice.studio;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Emergency;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.Focus;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.notice.WallTime;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says all of a notice in the words of whoever reads it: for the reading page, for differences, for conflicts. */
final class Facts {

    private final Town town;
    private final Words words;
    private final Map<Long, String> districts;
    private final Map<Long, String> themes;

    /**
     * @param words in the reader's language
     * @param districts their names by id, dropped ones too
     * @param themes likewise
     */
    Facts(Town town, Words words, Map<Long, String> districts, Map<Long, String> themes) {
        this.town = town;
        this.words = words;
        this.districts = districts;
        this.themes = themes;
    }

    /** Everything, in the order of the form. */
    List<Fact> all(Content content) {
        List<Fact> facts = new ArrayList<>();
        add(facts, "kind", words.get(Labels.kind(content.kind())));
        content.words().forEach((language, text) -> {
            text(facts, "title", language, text.title());
            text(facts, "summary", language, text.summary());
            text(facts, "instruction", language, text.instruction());
            text(facts, "body", language, text.body());
            text(facts, "price", language, text.price());
            text(facts, "accessibility", language, text.accessibility());
        });
        facts.addAll(besidesWords(content));
        return facts;
    }

    /** Everything but the kind and the texts. */
    List<Fact> besidesWords(Content written) {
        Content content = written.fitted();
        List<Fact> facts = new ArrayList<>();
        if (content.event() != null) {
            event(facts, content.event());
        }
        if (content.emergency() != null) {
            emergency(facts, content.emergency());
        }
        add(facts, "picture", pictures(content.pictures()));
        add(facts, "district", names(content.districts(), districts, "notice.districts.all"));
        add(facts, "theme", names(content.themes(), themes, "notice.themes.all"));
        add(facts, "from", moment(content.from()));
        add(facts, "until", end(content.until()));
        add(facts, "wished", moment(content.wished()));
        if (content.source() != null) {
            LocalDate date = content.source().date();
            add(facts, "source", joined(content.source().name(), date == null ? "" : words.fullDate(date)));
        }
        add(facts, "channel", content.channels().stream().map(this::channel).collect(Collectors.joining(", ")));
        content.edited()
                .forEach((channel, languages) -> languages.forEach((language, fields) -> {
                    String key = "edited." + channel + "." + language;
                    String label = words.get("notice.field.edited", channel(channel)) + tongue(language);
                    facts.add(new Fact(
                            key,
                            List.of(key, "derived." + channel + "." + language, "chosen." + channel + "." + language),
                            label,
                            fields.entrySet().stream()
                                    .map(field -> written(field.getKey(), field.getValue()))
                                    .collect(Collectors.joining("\n"))));
                }));
        return facts;
    }

    /** What is chosen has a name; what is written is its own. */
    private String written(String field, String text) {
        String key = "channel.choice." + field + "." + text;
        return words.has("channel.choice." + field) && words.has(key) ? words.get(key) : text;
    }

    private void event(List<Fact> facts, Event event) {
        String when = when(event);
        if (!when.isEmpty()) {
            facts.add(new Fact(
                    "event.when",
                    List.of("event.start", "event.end", "event.allDay"),
                    words.get("notice.field.event.when"),
                    when));
        }
        add(facts, "event.repeat", repeat(event.repeat()));
        add(facts, "event.place", event.place());
        add(facts, "event.address", event.address());
        add(facts, "event.organiser", event.organiser());
    }

    private void emergency(List<Fact> facts, Emergency emergency) {
        add(
                facts,
                "emergency.severity",
                emergency.severity() == null ? "" : words.get("notice.severity." + Labels.name(emergency.severity())));
        add(facts, "emergency.area", emergency.area());
        add(facts, "emergency.contact", emergency.contact());
    }

    /** « samedi 5 décembre 2026, de 10 h à 22 h ». */
    String when(Event event) {
        if (event.start() == null) {
            return "";
        }
        LocalDateTime start = event.start().local();
        LocalDateTime end = event.end() == null ? null : event.end().local();
        if (event.allDay()) {
            return end == null || !end.isAfter(start.plusDays(1))
                    ? words.fullDay(start.toLocalDate())
                    : words.get(
                            "notice.when.days",
                            words.fullDay(start.toLocalDate()),
                            words.fullDay(end.toLocalDate().minusDays(1)));
        }
        if (end == null) {
            return moment(start);
        }
        return end.toLocalDate().equals(start.toLocalDate())
                ? words.get(
                        "notice.when.hours",
                        words.fullDay(start.toLocalDate()),
                        words.time(start.toLocalTime()),
                        words.time(end.toLocalTime()))
                : words.get("notice.when.between", moment(start), moment(end));
    }

    private String repeat(@Nullable Repeat repeat) {
        if (repeat == null) {
            return "";
        }
        String frequency = Labels.name(repeat.frequency());
        String said = repeat.last() == null
                ? words.get("notice.repeat.choice." + frequency)
                : words.get("notice.repeat." + frequency, words.fullDay(repeat.last()));
        return repeat.except().isEmpty()
                ? said
                : words.get(
                        "notice.repeat.but",
                        said,
                        repeat.except().stream().map(words::fullDay).collect(Collectors.joining(", ")));
    }

    private String pictures(List<PictureUse> pictures) {
        return pictures.stream().map(this::picture).collect(Collectors.joining("\n"));
    }

    private String picture(PictureUse picture) {
        String said = picture.decorative()
                ? words.get("notice.picture.decorative")
                : picture.alternatives().isEmpty()
                        ? words.get("notice.picture.undescribed")
                        : String.join(" / ", picture.alternatives().values());
        return joined(
                joined(said, picture.credit().isEmpty() ? "" : words.get("notice.picture.by", picture.credit())),
                picture.focus() == Focus.CENTRE ? "" : Labels.remains(words, picture.focus()));
    }

    private String names(Iterable<Long> ids, Map<Long, String> names, String none) {
        List<String> said = new ArrayList<>();
        ids.forEach(id -> said.add(names.getOrDefault(id, "?")));
        return said.isEmpty() ? words.get(none) : String.join(", ", said);
    }

    String channel(String name) {
        return words.getOr("channel." + name, name);
    }

    String moment(@Nullable WallTime time) {
        return time == null ? "" : moment(time.local());
    }

    /** An exclusive midnight is said as the evening before. */
    private String end(@Nullable WallTime time) {
        return Optional.ofNullable(time)
                .flatMap(until -> Words.closedDay(until.local()))
                .map(day -> words.get("notice.when.evening", words.fullDay(day)))
                .orElseGet(() -> moment(time));
    }

    private String moment(LocalDateTime local) {
        return words.get("notice.when.moment", words.fullDay(local.toLocalDate()), words.time(local.toLocalTime()));
    }

    private void text(List<Fact> facts, String field, String language, String text) {
        if (!text.isBlank()) {
            String key = field + "." + language;
            facts.add(new Fact(key, List.of(key), words.get("notice.field." + field) + tongue(language), text));
        }
    }

    /** Names a language only where there are several. */
    private String tongue(String language) {
        return town.languages().size() < 2 ? "" : " (" + language(language) + ")";
    }

    String language(String tag) {
        String key = "ui.language." + tag;
        return words.has(key) ? words.get(key) : tag;
    }

    private void add(List<Fact> facts, String key, String text) {
        if (!text.isBlank()) {
            facts.add(new Fact(key, List.of(key), words.get("notice.field." + key), text));
        }
    }

    private static String joined(String first, String second) {
        return first.isEmpty() ? second : second.isEmpty() ? first : first + ", " + second;
    }
}
