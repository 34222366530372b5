package fr.tambour.conversation.internal;

import fr.tambour.conversation.Author;
import fr.tambour.conversation.Carried;
import fr.tambour.conversation.Incoming;
import fr.tambour.conversation.Reaction;
import fr.tambour.conversation.Remark;
import fr.tambour.conversation.Report;
import fr.tambour.conversation.ServerName;
import fr.tambour.conversation.internal.Guard.Arrival;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Ids;
import fr.tambour.text.Clean;
import fr.tambour.text.Counting;
import fr.tambour.town.TownId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Decides what is kept of what strangers send: little of each, and not any number of it. */
@Component
class Intake implements Incoming {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** Of whoever is known by a web address. */
    private static final Pattern AUTHORITY = Pattern.compile("^https?://([^/]+).*$");

    private static final int LONGEST_ADDRESS = 1_024;
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_HANDLE = 300;
    private static final int LONGEST_LANGUAGE = 35;
    private static final int LONGEST_REPORT = 1_000;
    private static final int MOST_ATTACHMENTS = 8;

    /** From one server about one notice in an hour, and of one person that nobody has settled yet. */
    static final int MOST_AN_HOUR = 120;

    static final int MOST_OPEN = 20;

    /** The same where answers are slowed down. */
    static final int SLOW_AN_HOUR = 20;

    static final int SLOW_OF_ONE = 1;

    static final int MOST_REPORTS_AN_HOUR = 20;

    /** Of what one server sends and is not kept. */
    private static final int MOST_REMEMBERED_A_DAY = 1_000;

    private final Messages messages;
    private final Reactions reactions;
    private final Answers answers;
    private final Guard guard;
    private final Paces paces;
    private final Ids ids;
    private final Clock clock;

    Intake(Messages messages, Reactions reactions, Answers answers, Guard guard, Paces paces, Ids ids, Clock clock) {
        this.messages = messages;
        this.reactions = reactions;
        this.answers = answers;
        this.guard = guard;
        this.paces = paces;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public boolean isBlocked(TownId town, String author, String handle, String host) {
        return guard.isBlocked(town, author, handle, host);
    }

    @Override
    public Set<String> blocked(TownId town, Collection<String> hosts) {
        return guard.blocked(town, hosts);
    }

    @Override
    public boolean isKnownAs(TownId town, String address, String author) {
        return guard.isKnownAs(town, address, author);
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
        Instant now = clock.instant();
        if (remark.words().isEmpty() && remark.attachments().isEmpty()) {
            // There is nothing to be read, and nothing to be answered.
            return;
        }
        if (guard.isBlocked(town, author)
                || messages.held(town, remark.name()).isPresent()
                || !guard.arrivesBeforeItsEnd(town, author.id(), remark.name(), now)) {
            return;
        }
        refusal(town, author, notice(town, remark).orElse(null), now)
                .ifPresentOrElse(
                        why -> turnAway(town, remark, now, why),
                        () -> read(town, remark, now)
                                .ifPresentOrElse(
                                        message -> messages.add(town, message),
                                        () -> turnAway(town, remark, now, "too long")));
    }

    /** What answers it is still about the notice: where answers to that are stopped, people do not go on below each other's. */
    private void turnAway(TownId town, Remark remark, Instant now, String why) {
        Author author = remark.author();
        long today = drop(town, author.host(), now, why);
        if (today <= MOST_REMEMBERED_A_DAY && remark.name().length() <= LONGEST_ADDRESS) {
            notice(town, remark)
                    .ifPresent(notice -> guard.depart(
                            town,
                            new Guard.Departed(
                                    remark.name(),
                                    Optional.of(notice),
                                    author.id(),
                                    ServerName.of(author.host()),
                                    null),
                            now));
        }
    }

    /** It was kept, and is not any more: it counts, and what answers it is about the same. */
    private void depart(TownId town, Messages.Gone gone, String author, Instant now) {
        guard.depart(town, new Guard.Departed(gone.name(), gone.notice(), author, gone.host(), gone.arrived()), now);
    }

    /** Why nothing more is kept of them for now. */
    private Optional<String> refusal(TownId town, Author author, @Nullable NoticeId notice, Instant now) {
        Pace pace = Optional.ofNullable(notice)
                .flatMap(about -> paces.of(town, about))
                .map(Paces.Paced::pace)
                .orElse(Pace.NORMAL);
        String host = ServerName.of(author.host());
        Instant anHourAgo = now.minus(Duration.ofHours(1));
        if (pace == Pace.STOPPED) {
            return Optional.of("answers to the notice are stopped");
        } else if (messages.openOf(town, author.id()) + guard.departedOf(town, author.id(), anHourAgo) >= MOST_OPEN) {
            return Optional.of("too many by one person");
        } else if (pace == Pace.SLOW
                && messages.arrivedOf(town, author.id(), notice, anHourAgo)
                                + guard.departedOf(town, author.id(), notice, anHourAgo)
                        >= SLOW_OF_ONE) {
            return Optional.of("too many by one person while answers are slowed down");
        } else if (messages.arrived(town, host, notice, anHourAgo) + guard.departed(town, host, notice, anHourAgo)
                >= (pace == Pace.SLOW ? SLOW_AN_HOUR : MOST_AN_HOUR)) {
            return Optional.of("too many within an hour");
        } else if (guard.arrives(town, host, day(now), Arrival.MESSAGE) > Arrival.MESSAGE.mostADay()) {
            return Optional.of("too many within a day");
        }
        return Optional.empty();
    }

    private static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private Optional<NoticeId> notice(TownId town, Remark remark) {
        return Optional.ofNullable(remark.notice())
                .or(() -> messages.held(town, remark.repliesTo()).flatMap(Held::notice))
                .or(() -> guard.noticeOfDeparted(town, remark.repliesTo()));
    }

    /**
     * The desk reads how many; a log has enough of the first.
     *
     * @return how many that day
     */
    private long drop(TownId town, String authority, Instant now, String why) {
        String host = ServerName.of(authority);
        long today = guard.dropped(town, host, day(now));
        if (today == 1) {
            LOG.info("What {} sends town {} is counted and not all kept today: {}", host, town, why);
        }
        return today;
    }

    /** Empty where it is longer than what is kept. */
    private Optional<Message> read(TownId town, Remark remark, Instant now) {
        boolean tooLong = remark.words().tooLong()
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
                remark.words().html(),
                remark.attachments().stream()
                        .filter(address -> address.length() <= LONGEST_ADDRESS && !address.contains("\n"))
                        .limit(MOST_ATTACHMENTS)
                        .toList(),
                remark.language().length() > LONGEST_LANGUAGE ? "" : remark.language(),
                address(remark.link()),
                remark.open(),
                remark.words().links(),
                Fingerprint.ofWords(remark.words().plain()),
                remark.writtenAt().isAfter(now) ? now : remark.writtenAt(),
                now,
                Optional.empty(),
                Optional.empty(),
                Message.State.OPEN,
                false,
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.ofNullable(remark.changedAt()).map(changed -> changed.isAfter(now) ? now : changed),
                0));
    }

    private static Author shortened(Author author) {
        return new Author(
                author.id(),
                line(author.handle(), LONGEST_HANDLE),
                line(author.name(), LONGEST_NAME),
                address(author.link()),
                ServerName.of(author.host()),
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
        if (guard.isBlocked(town, author)) {
            return;
        }
        Optional<Message> held = messages.named(town, remark.name());
        if (held.isEmpty()) {
            said(town, remark);
        } else if (held.get().author().id().equals(author.id())) {
            change(town, held.get(), remark, now);
        }
    }

    private void change(TownId town, Message held, Remark remark, Instant now) {
        if (held.state() == Message.State.HIDDEN || held.goneAt().isPresent() || isOlder(remark, held)) {
            return;
        }
        Optional<Message> changed = read(town, remark, now);
        if (changed.isEmpty()) {
            messages.outgrown(town, held.id(), now);
            drop(town, remark.author().host(), now, "too long");
        } else if (changed.get().readsAs(held)) {
            changed.get().editedAt().ifPresent(edited -> messages.confirm(town, held.id(), edited));
        } else {
            messages.change(town, held.id(), changed.get(), now);
        }
    }

    /** Where nobody says when it was changed, what comes last is the last. */
    private static boolean isOlder(Remark remark, Message held) {
        Instant changed = remark.changedAt();
        return changed != null && held.editedAt().filter(changed::isBefore).isPresent();
    }

    @Override
    public void takenBack(TownId town, String author, String name) {
        Instant now = clock.instant();
        // First: whoever brings it at this moment is waited for.
        bury(town, author, name, now);
        messages.takeBack(town, author, name, now).ifPresent(gone -> depart(town, gone, author, now));
    }

    /** So many of one server in a day: nobody fills the books with what they never said. */
    private void bury(TownId town, String author, String name, Instant now) {
        String host = ServerName.of(AUTHORITY.matcher(author).replaceFirst("$1"));
        long today = guard.arrives(town, host, day(now), Arrival.TAKEN_BACK);
        if (today <= Arrival.TAKEN_BACK.mostADay()) {
            guard.bury(town, author, name, now);
        } else if (today == Arrival.TAKEN_BACK.mostADay() + 1) {
            LOG.info("What {} takes back from town {} may return if it comes again: it is too much today", host, town);
        }
    }

    @Override
    public void authorGone(TownId town, String author) {
        Instant now = clock.instant();
        messages.takeBackAll(town, author, now).forEach(gone -> {
            guard.bury(town, author, gone.name(), now);
            depart(town, gone, author, now);
        });
        reactions.removeAll(town, author);
    }

    @Override
    public void reacted(TownId town, Reaction reaction) {
        if (guard.isBlocked(town, reaction.author(), "", reaction.host())
                || guard.isBuried(town, reaction.author(), reaction.activity())) {
            return;
        }
        Instant now = clock.instant();
        String host = ServerName.of(reaction.host());
        long today = guard.arrives(town, host, day(now), Arrival.REACTION);
        if (today <= Arrival.REACTION.mostADay()) {
            reactions.add(town, reaction, now);
        } else if (today == Arrival.REACTION.mostADay() + 1) {
            LOG.info("Likes and reposts from {} to town {} are not counted any more today: too many", host, town);
        }
    }

    @Override
    public void reactionTakenBack(TownId town, NoticeId notice, Reaction.Kind kind, String author) {
        reactions.remove(town, notice, kind, author);
    }

    @Override
    public void reactionTakenBack(TownId town, String author, String activity) {
        reactions.remove(town, author, activity);
        bury(town, author, activity, clock.instant());
    }

    @Override
    public void reported(TownId town, Report report) {
        Instant now = clock.instant();
        String host = ServerName.of(report.host());
        if (report.name().length() > LONGEST_ADDRESS || guard.isBlocked(town, "", "", report.host())) {
            return;
        }
        if (guard.reportsSince(town, host, now.minus(Duration.ofHours(1))) >= MOST_REPORTS_AN_HOUR) {
            drop(town, host, now, "too many reports within an hour");
            return;
        }
        String some = report.text().substring(0, Math.min(report.text().length(), 8 * LONGEST_REPORT));
        guard.report(
                town,
                ids.next(),
                new Report(
                        report.channel(),
                        report.name(),
                        host,
                        report.notice(),
                        Counting.firstGraphemes(some, LONGEST_REPORT)),
                now);
    }

    @Override
    public void carried(TownId town, long answer, Carried what) {
        Instant now = clock.instant();
        if (answers.cameTo(town, answer, what, now) && what.failed()) {
            answers.find(town, answer)
                    .filter(failed -> failed.kind() == Answer.Kind.ANSWER
                            && !isAnsweredSince(town, failed)
                            && !isToNobody(town, failed))
                    .ifPresent(failed -> messages.unsettle(town, failed.message(), now));
        }
    }

    /** Whoever is blocked is not answered: there is nothing left to do. */
    private boolean isToNobody(TownId town, Answer failed) {
        return messages.find(town, failed.message())
                .filter(message -> guard.isBlocked(town, message.author()))
                .isPresent();
    }

    private boolean isAnsweredSince(TownId town, Answer failed) {
        return answers.of(town, failed.message()).stream()
                .anyMatch(other -> other.id() > failed.id()
                        && other.kind() == Answer.Kind.ANSWER
                        && other.state() == Answer.State.SENT
                        && !other.carried().map(Carried::failed).orElse(false));
    }
}
