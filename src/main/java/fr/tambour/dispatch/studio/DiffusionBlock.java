package fr.tambour.dispatch.studio;

import fr.tambour.dispatch.Account;
import fr.tambour.dispatch.Account.Stage;
import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatch.Holder;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.dispatch.Dispatches.Left;
import fr.tambour.dispatch.studio.DiffusionPage.Bar;
import fr.tambour.dispatch.studio.DiffusionPage.Line;
import fr.tambour.dispatch.studio.DiffusionPage.Way;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.StaffNotice;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says how far a notice is over each channel, in the words of whoever looks. */
@Component
class DiffusionBlock {

    private static final String KEY = "dispatch.studio.";

    /** Of one publication those first who are told one by one: what is only shown is out already. */
    private static final Comparator<Account> NEWEST = Comparator.comparing(
                    (Account account) -> account.dispatch().openedAt())
            .reversed()
            .thenComparing(account -> !account.dispatch().carried());

    private final Dispatches dispatches;
    private final Clock clock;

    DiffusionBlock(Dispatches dispatches, Clock clock) {
        this.dispatches = dispatches;
        this.clock = clock;
    }

    /** No ways where it has never come out. */
    DiffusionPage of(Town town, Actor actor, StaffNotice notice, Words words) {
        NoticeId id = notice.id();
        List<Account> accounts = dispatches.accounts(town.id(), id);
        boolean may = actor.may(NoticeRights.PUBLISH)
                && (notice.kind() != Kind.EMERGENCY || actor.may(NoticeRights.EMERGENCY));
        List<Way> ways = new ArrayList<>();
        for (Account account : accounts.stream().sorted(NEWEST).toList()) {
            ways.add(new Told(town, words, clock.instant())
                    .way(account, accounts, dispatches.left(account, accounts), id, may));
        }
        return new DiffusionPage(
                id.ref(), "/studio/avis/" + id.ref() + "/diffusion", ways, "/avis/" + id.ref() + "/bilan");
    }

    /** The words of one page. */
    private record Told(Town town, Words words, Instant now) {

        Way way(Account account, List<Account> all, Left left, NoticeId notice, boolean may) {
            Dispatch dispatch = account.dispatch();
            Stage stage = account.stage(now);
            boolean open = dispatch.state() == State.OPEN && stage != Stage.EXPIRED && may && isOurs(dispatch);
            String name = words.get(
                    KEY + "way",
                    words.getOr("channel." + dispatch.channel(), dispatch.channel()),
                    words.get(KEY + "purpose." + small(dispatch.purpose())));
            return new Way(
                    dispatch.channel() + "-" + dispatch.id(),
                    name,
                    words.get(KEY + (isForNobody(account, stage) ? "stage.nobody" : "stage." + small(stage))),
                    isForNobody(account, stage) ? "" : isNotHere(dispatch) ? "warn" : look(stage),
                    about(account, stage, all),
                    bar(account, left, name),
                    counts(account, left),
                    times(account),
                    "/studio/avis/" + notice.ref() + "/diffusion/" + dispatch.channel(),
                    open && dispatch.heldBy() == null,
                    open && dispatch.heldBy() == Holder.PERSON,
                    open);
        }

        private static boolean isForNobody(Account account, Stage stage) {
            return stage == Stage.DONE && account.total() == 0;
        }

        /** What takes a notice back goes on by itself. */
        private static boolean isOurs(Dispatch dispatch) {
            return dispatch.carried() && !dispatch.takesBack();
        }

        private static String look(Stage stage) {
            return switch (stage) {
                case SHOWN, RUNNING -> "live";
                case ASLEEP -> "review";
                case PAUSED -> "warn";
                case DONE -> "ok";
                case EXPIRED, STOPPED -> "off";
            };
        }

        private String about(Account account, Stage stage, List<Account> all) {
            Dispatch dispatch = account.dispatch();
            Instant next = account.next();
            return switch (stage) {
                case SHOWN ->
                    words.get(
                            KEY + (dispatch.purpose() == Purpose.PUBLICATION ? "about.shown" : "about.taken-back"),
                            moment(dispatch.openedAt()));
                case RUNNING -> isNotHere(dispatch) ? words.get(KEY + "about.no-channel") : "";
                case ASLEEP -> next == null ? "" : words.get(KEY + "about.asleep", moment(next));
                case PAUSED ->
                    words.get(KEY + (dispatch.heldBy() == Holder.RESTORE ? "about.restored" : "about.paused"));
                case DONE -> words.get(KEY + (isForNobody(account, stage) ? "about.nobody" : "about.done"));
                case EXPIRED -> words.get(KEY + "about.expired");
                case STOPPED -> words.get(KEY + (account.isReplaced(all) ? "about.replaced" : "about.stopped"));
            };
        }

        private static boolean isNotHere(Dispatch dispatch) {
            return dispatch.heldBy() == Holder.CHANNEL;
        }

        private @Nullable Bar bar(Account account, Left left, String name) {
            if (left.expected() == 0) {
                return null;
            }
            String about = left.about() ? ".about" : "";
            String done = words.number(account.total());
            String all = words.number(left.expected());
            return new Bar(
                    words.get(KEY + "bar" + about, name, done, all),
                    account.total(),
                    left.expected(),
                    words.get(KEY + "progress" + about, done, all));
        }

        private List<Line> counts(Account account, Left left) {
            List<Line> lines = new ArrayList<>();
            count(lines, "accepted", account.accepted(), "");
            if (left.count() > 0) {
                String count = words.number(left.count());
                lines.add(new Line(
                        words.get(KEY + "left"), left.about() ? words.get(KEY + "left.about", count) : count, ""));
            }
            plain(account.again(), Told::why)
                    .forEach((why, count) -> count(lines, "again", count, words.get(KEY + "again." + why)));
            count(lines, "gone", account.gone(), words.get(KEY + "gone.why"));
            plain(account.failures(), Told::whyNot)
                    .forEach((why, count) -> count(lines, "failed", count, words.get(KEY + "failed." + why)));
            count(lines, "expired", account.expired(), words.get(KEY + "expired.why"));
            count(lines, "stopped", account.stopped(), words.get(KEY + "stopped.why"));
            count(lines, "unknown", account.unknown(), words.get(KEY + "unknown.why"));
            return lines;
        }

        private void count(List<Line> lines, String key, long count, String why) {
            if (count > 0) {
                lines.add(new Line(words.get(KEY + key), words.number(count), why));
            }
        }

        private static SortedMap<String, Long> plain(SortedMap<String, Long> byReason, UnaryOperator<String> sentence) {
            SortedMap<String, Long> plain = new TreeMap<>();
            byReason.forEach((reason, count) -> plain.merge(sentence.apply(reason), count, Long::sum));
            return plain;
        }

        /** Of an engine's or a channel's word, that of a sentence: why somebody is to be tried again. */
        private static String why(String reason) {
            return switch (reason) {
                case "429", "quota", "unanswered", "origin", "away", "unfinished" -> reason;
                case "failed", "unprepared", "no push" -> "failed";
                default -> reason.matches("5\\d\\d") ? "busy" : "unreachable";
            };
        }

        /** The same of why somebody failed. */
        private static String whyNot(String reason) {
            return switch (reason) {
                case "0" -> "keys";
                case "413", "sign-in", "origin", "unsaid" -> reason;
                case "401", "403" -> "forbidden";
                case "429", "quota" -> "429";
                case "unanswered", "no-answer-in-time" -> "unanswered";
                case "failed", "unprepared", "no-push", "no-notice" -> "failed";
                default ->
                    reason.matches("[34]\\d\\d")
                            ? "refused"
                            : reason.matches("5\\d\\d") ? "busy" : reason.equals("others") ? "unsaid" : "unreachable";
            };
        }

        private List<Line> times(Account account) {
            List<Line> lines = new ArrayList<>();
            if (!account.dispatch().carried()) {
                return lines;
            }
            Instant began = account.dispatch().notBefore();
            time(lines, "began", moment(began));
            if (account.first() != null && account.last() != null) {
                since(lines, "first", began, account.first());
                time(lines, "median", length(account.median()));
                time(lines, "p95", length(account.p95()));
                since(lines, "last", began, account.last());
            }
            return lines;
        }

        private void time(List<Line> lines, String key, String value) {
            lines.add(new Line(words.get(KEY + key), value, ""));
        }

        private String length(@Nullable Duration length) {
            return length == null ? "" : words.duration(length);
        }

        /** Of what took hours it is the hour of the day that says something. */
        private void since(List<Line> lines, String key, Instant began, Instant at) {
            Duration after = Duration.between(began, at);
            if (after.compareTo(Duration.ofHours(1)) < 0) {
                time(lines, key + ".after", words.duration(after));
            } else {
                time(lines, key, moment(at));
            }
        }

        private String moment(Instant at) {
            ZonedDateTime then = at.atZone(town.zone());
            LocalDate today = LocalDate.ofInstant(now, town.zone());
            String time = words.time(then.toLocalTime());
            if (then.toLocalDate().equals(today)) {
                return words.get("notice.moment.today", time);
            }
            return then.toLocalDate().equals(today.plusDays(1))
                    ? words.get("notice.moment.tomorrow", time)
                    : words.get("notice.moment.on", words.moment(then, today));
        }

        private static String small(Enum<?> word) {
            return word.name().toLowerCase(Locale.ROOT);
        }
    }
}
