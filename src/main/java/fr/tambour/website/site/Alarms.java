package fr.tambour.website.site;

import fr.tambour.notice.Content;
import fr.tambour.notice.Correction;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.ui.Phrase;
import fr.tambour.ui.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Emergencies as the site shows them. */
final class Alarms {

    private static final Pattern TELEPHONE = Pattern.compile("\\+?\\d[\\d .\u00a0-]{1,18}\\d");
    /** Between two sentences; « M. Dupont » is one. */
    private static final Pattern SENTENCE = Pattern.compile("(?<=\\p{Ll}{2}[.!?…])\\s+(?=\\p{Lu})");

    private static final Pattern BULLET = Pattern.compile("^\\s*(?:[-*•]|\\d+[.)])\\s+");

    private final Reading reading;
    private final Dates dates;
    private final Words words;

    Alarms(Reading reading) {
        this.reading = reading;
        this.dates = new Dates(reading);
        this.words = reading.words();
    }

    Alarm of(PublishedNotice notice) {
        Told told = Told.of(notice, reading.language(), reading.first());
        Content.Emergency emergency = Objects.requireNonNull(notice.content().emergency());
        String contact = reading.typeset(emergency.contact());
        String number = telephone(contact);
        return new Alarm(
                Permalink.of(notice),
                notice.revision(),
                told.title(),
                summary(told),
                told.other(reading.language()),
                emergency.severity() == null
                        ? words.get("website.kind.emergency")
                        : words.get("website.severity."
                                + emergency.severity().name().toLowerCase(Locale.ROOT)),
                reading.written(words.capital(emergency.area())),
                words.capital(words.get("website.until", dates.moment(notice.until()))),
                notice.until().toEpochMilli(),
                words.get("website.alarm.since", dates.moment(notice.firstPublishedAt())),
                steps(told.facts().instruction()),
                tongue(),
                reading.written(number == null ? contact : before(contact, number)),
                number,
                number == null ? null : number.replaceAll("[^+0-9]", ""),
                log(notice));
    }

    /** One step a line; an instruction written in one go has one step a sentence. */
    static List<String> steps(String instruction) {
        List<String> lines = instruction
                .lines()
                .map(line -> BULLET.matcher(line).replaceFirst("").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.size() == 1 ? List.of(SENTENCE.split(lines.getFirst())) : lines;
    }

    /** A summary that was cut from the instruction would only say it again. */
    private static String summary(Told told) {
        String beginning = told.summary().replaceFirst("\\s*(?:…|\\.{3})$", "");
        return told.facts().instruction().startsWith(beginning) ? "" : told.summary();
    }

    private static @Nullable String telephone(String contact) {
        Matcher number = TELEPHONE.matcher(contact);
        return number.find() ? number.group() : null;
    }

    /** What stands before the number, which stands by itself; what has more after it is left whole. */
    private static String before(String contact, String number) {
        return contact.endsWith(number)
                ? contact.substring(0, contact.length() - number.length()).replaceFirst("[\\s\u00a0,:(–-]+$", "")
                : contact;
    }

    /** A name or a place is the same in easy reading. */
    private @Nullable String tongue() {
        String first = Locale.forLanguageTag(reading.first()).getLanguage();
        return first.equals(words.locale().getLanguage())
                ? null
                : words.capital(words.get("website.in-language", words.languageName(reading.first())));
    }

    private List<Alarm.Entry> log(PublishedNotice notice) {
        List<Alarm.Entry> log = new ArrayList<>();
        for (Correction correction : notice.corrections()) {
            log.add(new Alarm.Entry(
                    correction.at().toString(), dates.moment(correction.at()), reading.written(correction.reason())));
        }
        log.add(new Alarm.Entry(
                notice.firstPublishedAt().toString(),
                dates.moment(notice.firstPublishedAt()),
                Phrase.own(words.get("website.alarm.given"))));
        return log;
    }
}
