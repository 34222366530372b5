package fr.tambour.website.site;

import fr.tambour.dispatch.Account;
import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Town;
import fr.tambour.ui.Few;
import fr.tambour.ui.Phrase;
import fr.tambour.ui.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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

    private final PublicNotices notices;
    private final Dispatches dispatches;
    private final Readings readings;
    private final Clock clock;

    BilanController(PublicNotices notices, Dispatches dispatches, Readings readings, Clock clock) {
        this.notices = notices;
        this.dispatches = dispatches;
        this.readings = readings;
        this.clock = clock;
    }

    @GetMapping("/avis/{ref:[0-9a-z]{13}}/bilan")
    String bilan(@PathVariable String ref, Town town, Locale locale, HttpServletResponse response, Model model) {
        PublishedNotice notice = notice(ref, town, response);
        Reading reading = readings.of(town, locale);
        Told told = Told.of(notice, reading.language(), reading.first());
        List<Account> accounts = dispatches.accounts(town.id(), notice.id());
        model.addAttribute(
                "page",
                new BilanPage(
                        ref,
                        new Phrase(told.title(), told.other(reading.language())),
                        notice.exercise(),
                        Permalink.of(notice),
                        "/avis/" + ref + "/bilan.json",
                        new Bilan(reading, clock.instant()).versions(accounts)));
        return "website/site/bilan";
    }

    @GetMapping(value = "/avis/{ref:[0-9a-z]{13}}/bilan.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Map<String, Object> json(@PathVariable String ref, Town town, HttpServletResponse response) {
        PublishedNotice notice = notice(ref, town, response);
        Map<String, Object> bilan = new LinkedHashMap<>();
        bilan.put("notice", town.url(Permalink.of(notice)));
        bilan.put("exercise", notice.exercise());
        Instant now = clock.instant();
        bilan.put(
                "dispatches",
                dispatches.accounts(town.id(), notice.id()).stream()
                        .map(account -> json(account, now))
                        .toList());
        return bilan;
    }

    /** The account of an exercise is kept by nobody on the way, no more than its page. */
    private PublishedNotice notice(String ref, Town town, HttpServletResponse response) {
        PublishedNotice notice = NoticeId.ofRef(ref)
                .flatMap(id -> notices.find(town.id(), id))
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
        if (notice.exercise()) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        return notice;
    }

    /** Of fewer than ten, {@code null}; times only where at least ten were accepted. */
    private static Map<String, @Nullable Object> json(Account account, Instant now) {
        Dispatch dispatch = account.dispatch();
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("channel", dispatch.channel());
        told.put("purpose", dispatch.purpose().name().toLowerCase(Locale.ROOT));
        told.put("revision", dispatch.revision());
        told.put("state", account.stage(now).name().toLowerCase(Locale.ROOT));
        told.put("began_at", dispatch.notBefore().toString());
        boolean enough = account.accepted() >= Few.ENOUGH;
        // Of what is only shown it is nobody's time.
        told.put("settled_at", enough || !dispatch.carried() ? Objects.toString(dispatch.settledAt(), null) : null);
        Bilan.numbers(account).forEach((name, count) -> told.put(name, Few.isFew(count) ? null : count));
        told.put("first_accepted_at", enough ? Objects.toString(account.first(), null) : null);
        told.put("last_accepted_at", enough ? Objects.toString(account.last(), null) : null);
        told.put("median_ms", enough ? Objects.requireNonNull(account.median()).toMillis() : null);
        told.put("p95_ms", enough ? Objects.requireNonNull(account.p95()).toMillis() : null);
        return told;
    }
}
