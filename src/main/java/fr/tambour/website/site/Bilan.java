package fr.tambour.website.site;

import fr.tambour.dispatch.Account;
import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.ui.Few;
import fr.tambour.ui.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The account of a notice in the words of its page. Fewer than ten are told as that, so that nobody can be recognised. */
final class Bilan {

    private static final String KEY = "website.bilan.";

    private final Words words;
    private final Dates dates;
    private final Instant now;

    Bilan(Reading reading, Instant now) {
        this.words = reading.words();
        this.dates = new Dates(reading);
        this.now = now;
    }

    /** What became of how many, under the names that programs read. */
    static Map<String, Long> numbers(Account account) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("accepted", account.accepted());
        numbers.put("waiting", account.waiting());
        numbers.put("gone", account.gone());
        numbers.put("failed", account.failed());
        numbers.put("expired", account.expired());
        numbers.put("stopped", account.stopped());
        numbers.put("unknown", account.unknown());
        return numbers;
    }

    /** Newest first; of one, the channels in the order of the roll. */
    List<BilanPage.Version> versions(List<Account> accounts) {
        return accounts.reversed().stream()
                .collect(Collectors.groupingBy(
                        account -> account.dispatch().openedAt(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(together -> version(together, accounts))
                .toList();
    }

    private BilanPage.Version version(List<Account> together, List<Account> all) {
        Dispatch first = together.getFirst().dispatch();
        return new BilanPage.Version(
                words.get("website.account." + small(first.purpose())),
                first.openedAt().toString(),
                words.get("website.account.at", dates.moment(first.openedAt())),
                together.stream()
                        .sorted(Comparator.comparing(
                                account -> Accounts.place(account.dispatch().channel())))
                        .map(account -> way(account, all))
                        .toList());
    }

    private BilanPage.Way way(Account account, List<Account> all) {
        return new BilanPage.Way(
                words.getOr(
                        "channel." + account.dispatch().channel(),
                        account.dispatch().channel()),
                state(account, all),
                account.accepted() == 0 ? null : count(account.accepted()),
                times(account),
                others(account));
    }

    private @Nullable String state(Account account, List<Account> all) {
        Dispatch dispatch = account.dispatch();
        return switch (account.stage(now)) {
            case SHOWN -> words.get(KEY + (dispatch.purpose() == Purpose.PUBLICATION ? "shown" : "changed"));
            case RUNNING -> words.get(KEY + "running");
            case ASLEEP -> words.get(KEY + "asleep", dates.moment(Objects.requireNonNull(account.next())));
            case PAUSED -> words.get(KEY + "paused");
            case DONE -> account.total() == 0 ? words.get(KEY + "nobody") : null;
            case EXPIRED -> words.get(KEY + "over");
            case STOPPED -> words.get(KEY + (account.isReplaced(all) ? "replaced" : "halted"));
        };
    }

    private List<BilanPage.Line> times(Account account) {
        List<BilanPage.Line> lines = new ArrayList<>();
        if (account.accepted() >= Few.ENOUGH) {
            Instant began = account.dispatch().notBefore();
            since(lines, "first", began, Objects.requireNonNull(account.first()));
            line(lines, "median", words.duration(Objects.requireNonNull(account.median())));
            line(lines, "p95", words.duration(Objects.requireNonNull(account.p95())));
            since(lines, "last", began, Objects.requireNonNull(account.last()));
        }
        return lines;
    }

    /** Of what took hours, the hour of the day says more. */
    private void since(List<BilanPage.Line> lines, String key, Instant began, Instant at) {
        Duration after = Duration.between(began, at);
        if (after.compareTo(Duration.ofHours(1)) < 0) {
            line(lines, key + ".after", words.duration(after));
        } else {
            line(lines, key, words.get("website.account.at", dates.moment(at)));
        }
    }

    private List<BilanPage.Line> others(Account account) {
        List<BilanPage.Line> lines = new ArrayList<>();
        numbers(account).forEach((name, count) -> {
            if (count > 0 && !name.equals("accepted")) {
                line(lines, name, count(count));
            }
        });
        return lines;
    }

    private void line(List<BilanPage.Line> lines, String key, String value) {
        lines.add(new BilanPage.Line(words.get(KEY + key), value));
    }

    private String count(long count) {
        return Few.isFew(count) ? words.get(KEY + "few") : words.number(count);
    }

    private static String small(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
