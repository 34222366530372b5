package fr.tambour.website.site;

import fr.tambour.dispatch.Account;
import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Town;
import fr.tambour.ui.Phrase;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Where a notice went, when, and how fast: for everybody to read. Fewer than ten are told as that, so that nobody can be
 * recognised in a number.
 */
@Controller
class BilanController {

    private static final int FEW = 10;

    private final PublicNotices notices;
    private final Dispatches dispatches;
    private final Readings readings;

    BilanController(PublicNotices notices, Dispatches dispatches, Readings readings) {
        this.notices = notices;
        this.dispatches = dispatches;
        this.readings = readings;
    }

    @GetMapping("/avis/{ref:[0-9a-z]{13}}/bilan")
    String bilan(@PathVariable String ref, Town town, Locale locale, Model model) {
        PublishedNotice notice = notice(ref, town);
        Reading reading = readings.of(town, locale);
        Told told = Told.of(notice, reading.language(), reading.first());
        model.addAttribute(
                "page",
                new BilanPage(
                        new Phrase(told.title(), told.other(reading.language())),
                        Permalink.of(notice),
                        "/avis/" + ref + "/bilan.json",
                        dispatches.accounts(town.id(), notice.id()).reversed().stream()
                                .map(account -> carried(account, reading))
                                .toList()));
        return "website/site/bilan";
    }

    @GetMapping(value = "/avis/{ref:[0-9a-z]{13}}/bilan.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Map<String, Object> json(@PathVariable String ref, Town town) {
        PublishedNotice notice = notice(ref, town);
        Map<String, Object> bilan = new LinkedHashMap<>();
        bilan.put("notice", town.url(Permalink.of(notice)));
        bilan.put(
                "dispatches",
                dispatches.accounts(town.id(), notice.id()).stream()
                        .map(BilanController::json)
                        .toList());
        return bilan;
    }

    private PublishedNotice notice(String ref, Town town) {
        return NoticeId.ofRef(ref)
                .flatMap(id -> notices.find(town.id(), id))
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
    }

    private static BilanPage.Carried carried(Account account, Reading reading) {
        Words words = reading.words();
        Dates dates = new Dates(reading);
        Dispatch dispatch = account.dispatch();
        return new BilanPage.Carried(
                words.get("website.account." + dispatch.purpose().name().toLowerCase(Locale.ROOT)),
                words.get("channel." + dispatch.channel()),
                dispatch.openedAt().toString(),
                words.get("website.account.at", dates.moment(dispatch.openedAt())),
                state(account, words),
                times(account, words),
                counts(account, words));
    }

    /** A channel that is only shown has nothing to say: it was out with the publication. */
    private static @Nullable String state(Account account, Words words) {
        Dispatch dispatch = account.dispatch();
        return switch (dispatch.state()) {
            case OPEN -> words.get("website.bilan.open");
            case STOPPED -> words.get("website.bilan.stopped");
            case SETTLED -> account.total() == 0 ? words.get("website.bilan.shown") : null;
        };
    }

    private static List<BilanPage.Line> times(Account account, Words words) {
        List<BilanPage.Line> lines = new ArrayList<>();
        if (account.accepted() >= FEW) {
            Instant opened = account.dispatch().openedAt();
            lines.add(time("first", Duration.between(opened, Objects.requireNonNull(account.first())), words));
            lines.add(time("median", Objects.requireNonNull(account.median()), words));
            lines.add(time("p95", Objects.requireNonNull(account.p95()), words));
            lines.add(time("last", Duration.between(opened, Objects.requireNonNull(account.last())), words));
        }
        return lines;
    }

    private static BilanPage.Line time(String key, Duration after, Words words) {
        double seconds = Math.max(0, after.toMillis()) / 1_000.0;
        return new BilanPage.Line(
                words.get("website.bilan." + key),
                seconds < 120
                        ? words.get("website.bilan.seconds", seconds)
                        : words.get("website.bilan.minutes", after.toMinutes()));
    }

    private static List<BilanPage.Line> counts(Account account, Words words) {
        List<BilanPage.Line> lines = new ArrayList<>();
        numbers(account).forEach((name, count) -> {
            if (count > 0) {
                lines.add(new BilanPage.Line(
                        words.get("website.bilan." + name),
                        count < FEW ? words.get("website.bilan.few") : words.get("website.bilan.number", count)));
            }
        });
        return lines;
    }

    private static Map<String, Long> numbers(Account account) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("accepted", account.accepted());
        numbers.put("waiting", account.waiting());
        numbers.put("gone", account.gone());
        numbers.put("failed", account.failed());
        numbers.put("expired", account.expired());
        numbers.put("superseded", account.stopped());
        numbers.put("unknown", account.unknown());
        return numbers;
    }

    /** Of fewer than ten, {@code null}; times only where at least ten were accepted. */
    private static Map<String, @Nullable Object> json(Account account) {
        Dispatch dispatch = account.dispatch();
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("channel", dispatch.channel());
        told.put("purpose", dispatch.purpose().name().toLowerCase(Locale.ROOT));
        told.put("revision", dispatch.revision());
        told.put("state", dispatch.state().name().toLowerCase(Locale.ROOT));
        told.put("opened_at", dispatch.openedAt().toString());
        told.put("settled_at", Objects.toString(dispatch.settledAt(), null));
        numbers(account).forEach((name, count) -> told.put(name, count == 0 || count >= FEW ? count : null));
        boolean enough = account.accepted() >= FEW;
        told.put("first_accepted_at", enough ? Objects.toString(account.first(), null) : null);
        told.put("last_accepted_at", enough ? Objects.toString(account.last(), null) : null);
        told.put("median_ms", enough ? Objects.requireNonNull(account.median()).toMillis() : null);
        told.put("p95_ms", enough ? Objects.requireNonNull(account.p95()).toMillis() : null);
        return told;
    }
}
