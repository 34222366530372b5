package fr.tambour.notice.internal;

import static fr.tambour.notice.Finding.advises;
import static fr.tambour.notice.Finding.blocks;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Emergency;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.DraftView.Shown;
import fr.tambour.notice.Finding;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Length;
import fr.tambour.notice.NoticeCheck;
import fr.tambour.notice.NoticeStep.Occasion;
import fr.tambour.notice.Occurrences;
import fr.tambour.notice.Validity;
import fr.tambour.notice.WallTime;
import fr.tambour.text.Counting;
import fr.tambour.text.Folding;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What every notice needs, whatever its channels. Pure: the same draft gives the same findings. */
@Component
@Order(0)
class BasicChecks implements NoticeCheck {

    @Override
    public List<Finding> check(DraftView draft) {
        List<Finding> findings = new ArrayList<>();
        reason(draft, findings);
        words(draft, findings);
        pictures(draft, findings);
        event(draft, findings);
        emergency(draft, findings);
        validity(draft, findings);
        source(draft, findings);
        if (draft.content().channels().isEmpty()) {
            findings.add(blocks("channels.none", "channels"));
        }
        return findings;
    }

    /** Who reads a correction is told why. */
    private static void reason(DraftView draft, List<Finding> findings) {
        Occasion occasion =
                Publishing.occasion(draft.shown().map(Shown::content), draft.content(), draft.firstLanguage());
        if (occasion == Occasion.CORRECTION && draft.reason().isBlank()) {
            findings.add(blocks("reason.missing", "reason"));
        }
    }

    private static void words(DraftView draft, List<Finding> findings) {
        Content content = draft.content();
        String first = draft.firstLanguage();
        Words words = content.in(first);
        boolean emergency = content.kind() == Kind.EMERGENCY;
        if (words.title().isBlank() && !emergency) {
            findings.add(blocks("title.missing", "title"));
        }
        if (words.summary().isBlank() && !emergency) {
            findings.add(blocks("summary.missing", "summary"));
        }
        if (words.body().isBlank() && content.kind() == Kind.NEWS) {
            findings.add(advises("body.missing", "body"));
        }
        content.words().forEach((language, text) -> {
            length(text.title(), Length.TITLE, "title", field("title", language, first), findings);
            length(text.summary(), Length.SUMMARY, "summary", field("summary", language, first), findings);
        });
        List<String> complete = content.completeLanguages(first);
        content.words().keySet().stream()
                .filter(language -> !complete.contains(language))
                .forEach(language -> findings.add(advises("language.incomplete", "words." + language, language)));
    }

    private static void length(String text, Length allowed, String code, String field, List<Finding> findings) {
        int length = Counting.graphemes(text);
        if (length > allowed.most()) {
            findings.add(blocks(code + ".too-long", field, length, allowed.most(), allowed.advised()));
        } else if (length > allowed.advised()) {
            findings.add(advises(code + ".long", field, length, allowed.advised(), allowed.most()));
        }
    }

    private static String field(String name, String language, String first) {
        return language.equals(first) ? name : name + "." + language;
    }

    private static void pictures(DraftView draft, List<Finding> findings) {
        List<PictureUse> pictures = draft.content().pictures();
        for (int i = 0; i < pictures.size(); i++) {
            PictureUse picture = pictures.get(i);
            String described = picture.alternatives().getOrDefault(draft.firstLanguage(), "");
            if (!picture.decorative() && described.isBlank()) {
                findings.add(blocks("picture.undescribed", "pictures[" + i + "]", i + 1));
            }
        }
    }

    private static void event(DraftView draft, List<Finding> findings) {
        Content content = draft.content();
        if (content.kind() != Kind.EVENT) {
            return;
        }
        Event event = content.event();
        if (event == null || event.start() == null) {
            findings.add(blocks("event.start.missing", "event.start"));
            return;
        }
        ZoneId zone = draft.town().zone();
        if (!event.allDay()) {
            clock(event.start(), "event.start", zone, findings);
            if (event.start().local().toLocalTime().equals(LocalTime.MIDNIGHT)) {
                findings.add(advises("event.start.midnight", "event.start"));
            }
            clock(event.end(), "event.end", zone, findings);
        }
        if (event.end() != null && !event.end().local().isAfter(event.start().local())) {
            findings.add(blocks("event.end.before-start", "event.end"));
        }
        if (event.place().isBlank() && event.address().isBlank()) {
            findings.add(advises("event.place.missing", "event.place"));
        }
        if (event.repeat() != null) {
            if (event.repeat().last() == null) {
                findings.add(blocks("event.repeat.endless", "event.repeat"));
            } else if (event.repeat().last().isBefore(event.start().local().toLocalDate())) {
                findings.add(blocks("event.repeat.before-start", "event.repeat"));
            } else if (Occurrences.of(event, zone).isEmpty()) {
                findings.add(blocks("event.repeat.empty", "event.repeat"));
            } else if (Occurrences.of(event, zone).size() >= Occurrences.MOST) {
                findings.add(blocks("event.repeat.too-many", "event.repeat", Occurrences.MOST));
            }
        }
    }

    private static void emergency(DraftView draft, List<Finding> findings) {
        Content content = draft.content();
        if (content.kind() != Kind.EMERGENCY) {
            return;
        }
        Emergency emergency = content.emergency();
        if (content.in(draft.firstLanguage()).instruction().isBlank()) {
            findings.add(blocks("emergency.instruction.missing", "instruction"));
        }
        if (!draft.exercise()) {
            taken(content, findings);
        }
        if (emergency == null || emergency.severity() == null) {
            findings.add(blocks("emergency.severity.missing", "emergency.severity"));
        }
        if (emergency == null || emergency.area().isBlank()) {
            findings.add(blocks("emergency.area.missing", "emergency.area"));
        }
    }

    /** Whoever learned what an exercise looks like would not move for an alert that begins as one. */
    private static void taken(Content content, List<Finding> findings) {
        for (Words words : content.words().values()) {
            boolean title = beginsAsExercise(words.title());
            if (title || beginsAsExercise(words.instruction())) {
                findings.add(advises("emergency.like-exercise", title ? "title" : "instruction"));
                return;
            }
        }
    }

    private static boolean beginsAsExercise(String text) {
        return Folding.words(text).stream().limit(1).anyMatch(Set.of("exercice", "exercise")::contains);
    }

    private static void validity(DraftView draft, List<Finding> findings) {
        Content content = draft.content();
        ZoneId zone = draft.town().zone();
        clock(content.from(), "from", zone, findings);
        clock(content.until(), "until", zone, findings);
        clock(content.wished(), "wished", zone, findings);
        Instant release = releaseAt(content, zone, draft.now());
        Optional<Instant> end = draft.end(release);
        if (end.isEmpty()) {
            // An event without a start is already told.
            if (content.kind() == Kind.PRACTICAL) {
                findings.add(blocks("until.missing", "until"));
            }
        } else if (!end.get().isAfter(release)
                && draft.shown().filter(Shown::over).isPresent()) {
            findings.add(advises("until.stays-over", "until"));
        } else if (!end.get().isAfter(release)) {
            findings.add(blocks("until.past", content.until() != null ? "until" : "event.start"));
        }
        end(content, zone, release, findings);
        if (content.from() != null
                && content.until() != null
                && !content.until().local().isAfter(content.from().local())) {
            findings.add(blocks("until.before-from", "until"));
        }
    }

    /** An event is announced until it takes place; an alert stands a day at most, and is then prolonged. */
    private static void end(Content content, ZoneId zone, Instant release, List<Finding> findings) {
        if (content.until() == null) {
            return;
        }
        Instant until = content.until().instant(zone);
        if (content.kind() == Kind.EMERGENCY && until.isAfter(release.plus(Validity.EMERGENCY))) {
            findings.add(blocks("until.too-long", "until", Validity.EMERGENCY.toHours()));
        }
        if (content.kind() == Kind.EVENT && content.event() != null) {
            List<Occurrences.Occurrence> all = Occurrences.of(content.event(), zone);
            if (!all.isEmpty() && !until.isAfter(all.getFirst().start())) {
                findings.add(blocks("until.before-event", "until"));
            } else if (!all.isEmpty() && until.isBefore(all.getLast().end())) {
                findings.add(advises("until.before-last", "until"));
            }
        }
    }

    /** When it would come out: as wished if that is still ahead, else now. */
    private static Instant releaseAt(Content content, ZoneId zone, Instant now) {
        if (content.wished() == null) {
            return now;
        }
        Instant wished = content.wished().instant(zone);
        return wished.isAfter(now) ? wished : now;
    }

    private static void clock(@Nullable WallTime time, String field, ZoneId zone, List<Finding> findings) {
        if (time == null) {
            return;
        }
        switch (time.resolve(zone)) {
            case WallTime.Resolution.Once ignored -> {}
            case WallTime.Resolution.Missing gap ->
                findings.add(blocks("time.missing", field, time.local(), gap.before(), gap.after()));
            case WallTime.Resolution.Twice twice ->
                findings.add(blocks("time.twice", field, time.local(), twice.earlier(), twice.later()));
        }
    }

    private static void source(DraftView draft, List<Finding> findings) {
        Content.Source source = draft.content().source();
        if (source != null && !source.name().isBlank() && source.date() == null) {
            findings.add(advises("source.date.missing", "source.date"));
        }
    }
}
