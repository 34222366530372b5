package fr.tambour.conversation.internal;

import fr.tambour.conversation.Author;
import fr.tambour.conversation.Incoming;
import fr.tambour.conversation.Reaction;
import fr.tambour.conversation.Remark;
import fr.tambour.conversation.Report;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Ids;
import fr.tambour.text.Clean;
import fr.tambour.text.Counting;
import fr.tambour.text.ForeignHtml;
import fr.tambour.text.SafeHtml;
import fr.tambour.town.TownId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Decides what is kept of what strangers send: little of each, and not any number of it. */
@Component
class Intake implements Incoming {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** What a column holds, and more than anybody reads. */
    private static final int LONGEST = 10_000;

    /** With its markup, as it came and as it is kept: what is longer is not even read. */
    private static final int LONGEST_HTML = 4 * LONGEST;

    private static final int LONGEST_ADDRESS = 1_024;
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_HANDLE = 300;
    private static final int LONGEST_LANGUAGE = 35;
    private static final int LONGEST_REPORT = 1_000;
    private static final int MOST_ATTACHMENTS = 8;

    /** From one server about one notice in an hour, and of one person that nobody has settled yet. */
    static final int MOST_AN_HOUR = 120;

    static final int MOST_OPEN = 20;
    private static final int MOST_REPORTS_AN_HOUR = 20;

    private final Messages messages;
    private final Reactions reactions;
    private final Guard guard;
    private final Ids ids;
    private final Clock clock;

    Intake(Messages messages, Reactions reactions, Guard guard, Ids ids, Clock clock) {
        this.messages = messages;
        this.reactions = reactions;
        this.guard = guard;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public boolean isBlocked(TownId town, String author, String host) {
        return guard.isBlocked(town, author, host);
    }

    @Override
    public Optional<Held> held(TownId town, String name) {
        return messages.held(town, name);
    }

    @Override
    public boolean knows(TownId town, String author) {
        return messages.anyOf(town, author) || reactions.anyOf(town, author);
    }

    @Override
    public boolean hasReaction(TownId town, String author, String activity) {
        return reactions.anyBy(town, author, activity);
    }

    @Override
    public void said(TownId town, Remark remark) {
        Author author = remark.author();
        if (guard.isBlocked(town, author.id(), author.host())
                || messages.held(town, remark.name()).isPresent()) {
            return;
        }
        Instant now = clock.instant();
        NoticeId notice = notice(town, remark).orElse(null);
        if (messages.openOf(town, author.id()) >= MOST_OPEN) {
            drop(town, author, now, "too many by one person");
        } else if (messages.arrived(town, author.host(), notice, now.minus(Duration.ofHours(1))) >= MOST_AN_HOUR) {
            drop(town, author, now, "too many within an hour");
        } else {
            read(town, remark, now)
                    .ifPresentOrElse(message -> messages.add(town, message), () -> drop(town, author, now, "too long"));
        }
    }

    private Optional<NoticeId> notice(TownId town, Remark remark) {
        return Optional.ofNullable(remark.notice())
                .or(() -> messages.held(town, remark.repliesTo()).flatMap(Held::notice));
    }

    private void drop(TownId town, Author author, Instant now, String why) {
        guard.dropped(town, author.host(), LocalDate.ofInstant(now, ZoneOffset.UTC));
        LOG.info("What somebody on {} said to town {} is counted and not kept: {}", author.host(), town, why);
    }

    /** Empty where it is longer than what is kept. */
    private Optional<Message> read(TownId town, Remark remark, Instant now) {
        if (remark.html().length() > LONGEST_HTML) {
            return Optional.empty();
        }
        SafeHtml text = ForeignHtml.of(remark.html());
        String plain = ForeignHtml.plain(text);
        boolean tooLong = plain.length() > LONGEST
                || text.html().length() > LONGEST_HTML
                || List.of(
                                remark.name(),
                                remark.repliesTo(),
                                remark.author().id(),
                                remark.author().returnAddress())
                        .stream()
                        .anyMatch(address -> address.length() > LONGEST_ADDRESS);
        if (tooLong) {
            return Optional.empty();
        }
        return Optional.of(new Message(
                ids.next(),
                remark.channel(),
                remark.name(),
                notice(town, remark),
                remark.repliesTo(),
                shortened(remark.author()),
                text,
                remark.attachments().stream()
                        .filter(address -> address.length() <= LONGEST_ADDRESS && !address.contains("\n"))
                        .limit(MOST_ATTACHMENTS)
                        .toList(),
                remark.language().length() > LONGEST_LANGUAGE ? "" : remark.language(),
                address(remark.link()),
                remark.open(),
                ForeignHtml.links(text),
                Fingerprint.ofWords(plain),
                remark.writtenAt().isAfter(now) ? now : remark.writtenAt(),
                now,
                Optional.empty(),
                Optional.empty(),
                Message.State.OPEN,
                false,
                Optional.empty(),
                "",
                Optional.empty()));
    }

    private static Author shortened(Author author) {
        return new Author(
                author.id(),
                line(author.handle(), LONGEST_HANDLE),
                line(author.name(), LONGEST_NAME),
                address(author.link()),
                author.host(),
                author.returnAddress());
    }

    private static String address(String address) {
        return address.length() > LONGEST_ADDRESS ? "" : address;
    }

    private static String line(String text, int most) {
        // Four units for a character as people see it: what has more on average is no name.
        String some = text.substring(0, Math.min(text.length(), 4 * most));
        return Clean.line(Counting.firstGraphemes(some, most), most);
    }

    @Override
    public void changed(TownId town, Remark remark) {
        Instant now = clock.instant();
        Author author = remark.author();
        if (!guard.isBlocked(town, author.id(), author.host())) {
            read(town, remark, now).ifPresent(message -> messages.change(town, author.id(), message, now));
        }
    }

    @Override
    public void takenBack(TownId town, String author, String name) {
        messages.takeBack(town, author, name, clock.instant());
    }

    @Override
    public void authorGone(TownId town, String author) {
        messages.takeBackAll(town, author, clock.instant());
        reactions.removeAll(town, author);
    }

    @Override
    public void reacted(TownId town, Reaction reaction) {
        if (!guard.isBlocked(town, reaction.author(), reaction.host())) {
            reactions.add(town, reaction, clock.instant());
        }
    }

    @Override
    public void reactionTakenBack(TownId town, NoticeId notice, Reaction.Kind kind, String author) {
        reactions.remove(town, notice, kind, author);
    }

    @Override
    public void reactionTakenBack(TownId town, String author, String activity) {
        reactions.remove(town, author, activity);
    }

    @Override
    public void reported(TownId town, Report report) {
        Instant now = clock.instant();
        if (report.name().length() > LONGEST_ADDRESS || guard.isBlocked(town, "", report.host())) {
            return;
        }
        if (guard.reportsSince(town, report.host(), now.minus(Duration.ofHours(1))) >= MOST_REPORTS_AN_HOUR) {
            guard.dropped(town, report.host(), LocalDate.ofInstant(now, ZoneOffset.UTC));
            LOG.info(
                    "What {} reports to town {} is counted and not kept: too many within an hour", report.host(), town);
            return;
        }
        String text = Counting.firstGraphemes(
                ForeignHtml.plain(ForeignHtml.of(
                        report.text().substring(0, Math.min(report.text().length(), 8 * LONGEST_REPORT)))),
                LONGEST_REPORT);
        guard.report(
                town,
                ids.next(),
                new Report(
                        report.channel(),
                        report.name(),
                        report.host(),
                        report.notice(),
                        text.substring(0, Math.min(text.length(), 8 * LONGEST_REPORT))),
                now);
    }
}
