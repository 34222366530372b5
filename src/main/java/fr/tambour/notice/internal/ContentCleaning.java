package fr.tambour.notice.internal;

import fr.tambour.media.Media;
import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Emergency;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.notice.Content.Source;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Kind;
import fr.tambour.notice.RenditionDeriver;
import fr.tambour.notice.WallTime;
import fr.tambour.text.Clean;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Content as it comes in from a form or a program: every text cleaned and bounded, every reference one of this town's.
 * Bounds are far beyond what a person writes; what exceeds them is refused, never cut.
 */
@Component
class ContentCleaning {

    private static final int LINE = 400;
    private static final int SUMMARY = 1_000;
    private static final int BODY = 50_000;
    private static final int PICTURES = 20;
    private static final int EXCEPTIONS = 750;
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2200;

    private final Districts districts;
    private final Themes themes;
    private final Media media;
    private final Renditions renditions;

    ContentCleaning(Districts districts, Themes themes, Media media, Renditions renditions) {
        this.districts = districts;
        this.themes = themes;
        this.media = media;
        this.renditions = renditions;
    }

    /**
     * @param stored what the notice says already: languages, districts and themes that the town has dropped since are
     *     refused only where they come anew
     * @param exercise whether it is one: that goes over fewer channels
     */
    Content clean(Town town, Content content, List<Content> stored, boolean exercise) {
        content.districts().stream()
                .filter(id -> stored.stream().noneMatch(old -> old.districts().contains(id)))
                .forEach(id -> known(districts.byId(town.id(), id).filter(District::active), "district"));
        content.themes().stream()
                .filter(id -> stored.stream().noneMatch(old -> old.themes().contains(id)))
                .forEach(id -> known(themes.byId(town.id(), id).filter(Theme::active), "theme"));
        Set<String> languages = languages(town, stored);
        return new Content(
                content.kind(),
                words(town, content, languages),
                pictures(town, content, languages),
                content.districts(),
                content.themes(),
                time(content.from()),
                time(content.until()),
                source(content.source()),
                content.kind() == Kind.EVENT || content.event() != null ? event(content.event()) : null,
                content.kind() == Kind.EMERGENCY || content.emergency() != null ? emergency(content.emergency()) : null,
                renditions.settle(content.channels(), exercise),
                edited(languages, content),
                time(content.wished()));
    }

    private static Set<String> languages(Town town, List<Content> stored) {
        Set<String> languages = new HashSet<>(town.languages());
        for (Content content : stored) {
            languages.addAll(content.words().keySet());
            content.pictures()
                    .forEach(picture -> languages.addAll(picture.alternatives().keySet()));
        }
        return languages;
    }

    private static SortedMap<String, Words> words(Town town, Content content, Set<String> languages) {
        SortedMap<String, Words> clean = new TreeMap<>();
        content.words().forEach((language, words) -> {
            knownLanguage(languages, language);
            Words kept = new Words(
                    Clean.line(words.title(), LINE),
                    Clean.block(words.summary(), SUMMARY),
                    Clean.block(words.body(), BODY),
                    Clean.line(words.price(), LINE),
                    Clean.block(words.accessibility(), SUMMARY),
                    Clean.block(words.instruction(), SUMMARY));
            if (language.equals(town.language()) || !kept.equals(Words.NONE)) {
                clean.put(language, kept);
            }
        });
        clean.putIfAbsent(town.language(), Words.NONE);
        return clean;
    }

    private static void knownLanguage(Set<String> languages, String language) {
        if (!languages.contains(language)) {
            throw unknown("language");
        }
    }

    private List<PictureUse> pictures(Town town, Content content, Set<String> languages) {
        if (content.pictures().size() > PICTURES) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.too-many-pictures", PICTURES);
        }
        return content.pictures().stream()
                .map(picture -> {
                    known(media.find(town.id().value(), picture.hash()), "picture");
                    SortedMap<String, String> alternatives = new TreeMap<>();
                    picture.alternatives().forEach((language, text) -> {
                        knownLanguage(languages, language);
                        alternatives.put(language, Clean.block(text, SUMMARY));
                    });
                    return new PictureUse(
                            picture.hash(),
                            alternatives,
                            picture.decorative(),
                            Clean.line(picture.credit(), LINE),
                            picture.focus());
                })
                .toList();
    }

    private static @Nullable Source source(@Nullable Source source) {
        if (source == null) {
            return null;
        }
        Source clean = new Source(Clean.line(source.name(), LINE), source.date());
        return clean.name().isEmpty() && clean.date() == null ? null : clean;
    }

    private static Event event(@Nullable Event event) {
        if (event == null) {
            return new Event(null, null, false, "", "", "", null);
        }
        UnaryOperator<@Nullable WallTime> day = event.allDay() ? ContentCleaning::midnight : time -> time;
        return new Event(
                day.apply(time(event.start())),
                day.apply(time(event.end())),
                event.allDay(),
                Clean.line(event.place(), LINE),
                Clean.block(event.address(), SUMMARY),
                Clean.line(event.organiser(), LINE),
                repeat(event.repeat()));
    }

    private static @Nullable WallTime midnight(@Nullable WallTime time) {
        return time == null ? null : WallTime.of(time.local().toLocalDate().atStartOfDay());
    }

    private static @Nullable Repeat repeat(@Nullable Repeat repeat) {
        if (repeat == null) {
            return null;
        }
        if (repeat.except().size() > EXCEPTIONS) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.too-many-exceptions", EXCEPTIONS);
        }
        if (repeat.last() != null) {
            bounded(repeat.last().atStartOfDay());
        }
        return repeat;
    }

    private static Emergency emergency(@Nullable Emergency emergency) {
        return emergency == null
                ? new Emergency(null, "", "")
                : new Emergency(
                        emergency.severity(),
                        Clean.line(emergency.area(), LINE),
                        Clean.line(emergency.contact(), LINE));
    }

    /** To the minute, in years that a town plans for. */
    private static @Nullable WallTime time(@Nullable WallTime time) {
        if (time == null) {
            return null;
        }
        bounded(time.local());
        return new WallTime(time.local().truncatedTo(ChronoUnit.MINUTES), time.offset());
    }

    private static void bounded(LocalDateTime time) {
        if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.year", FIRST_YEAR, LAST_YEAR);
        }
    }

    /** Edits of fields that exist, of channels that exist, in known languages; anything else is dropped. */
    private SortedMap<String, SortedMap<String, SortedMap<String, String>>> edited(
            Set<String> languages, Content content) {
        SortedMap<String, SortedMap<String, SortedMap<String, String>>> clean = new TreeMap<>();
        for (RenditionDeriver deriver : renditions.all()) {
            content.edited().getOrDefault(deriver.channel(), new TreeMap<>()).forEach((language, fields) -> {
                if (languages.contains(language)) {
                    SortedMap<String, String> kept = fields(deriver, fields);
                    if (!kept.isEmpty()) {
                        clean.computeIfAbsent(deriver.channel(), channel -> new TreeMap<>())
                                .put(language, kept);
                    }
                }
            });
        }
        return clean;
    }

    private static SortedMap<String, String> fields(RenditionDeriver deriver, Map<String, String> fields) {
        SortedMap<String, String> kept = new TreeMap<>();
        for (String field : new TreeSet<>(deriver.fields())) {
            String text = fields.get(field);
            List<String> values = deriver.choices().get(field);
            // The usual choice is none: it is as if nobody had chosen.
            if (text != null && (values == null || values.indexOf(text) > 0)) {
                kept.put(field, Clean.block(text, BODY));
            }
        }
        return kept;
    }

    private static void known(Optional<?> found, String what) {
        if (found.isEmpty()) {
            throw unknown(what);
        }
    }

    private static Refusal unknown(String what) {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.unknown-" + what);
    }
}
