package fr.tambour.conversation.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.conversation.internal.Appeal;
import fr.tambour.conversation.internal.AppealDesk;
import fr.tambour.conversation.internal.AppealDesk.Case;
import fr.tambour.conversation.internal.Message;
import fr.tambour.town.PublicForms;
import fr.tambour.town.Town;
import fr.tambour.ui.Network;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Where somebody whose message was hidden reads why, contests it and reads what came of that: without an account, at an address that
 * they alone were told. Their message is not shown there.
 */
@Controller
class AppealController {

    static final String TOKEN = "[A-Za-z0-9_-]{43}";
    private static final String ONE = AppealDesk.PATH + "{token:" + TOKEN + "}";

    /** Of one network: nobody tries addresses as often as they like. Who has one is not counted. */
    private static final int MISSES_A_MINUTE = 60;

    private static final String MINUTE = "60";

    private final AppealDesk desk;
    private final PublicForms forms;
    private final Words words;
    private final Clock clock;
    private final Cache<String, AtomicInteger> missesInAMinute = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    AppealController(AppealDesk desk, PublicForms forms, Words words, Clock clock) {
        this.desk = desk;
        this.forms = forms;
        this.words = words;
        this.clock = clock;
    }

    @GetMapping(ONE)
    ModelAndView show(
            @PathVariable String token,
            Town town,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response) {
        return view(town, token, sought(town, token, request, response), "", null, locale, response);
    }

    /** Before anything is written. */
    private Case sought(Town town, String token, HttpServletRequest request, HttpServletResponse response) {
        return desk.find(town.id(), token).orElseThrow(() -> {
            String network = Network.of(request.getRemoteAddr());
            if (missesInAMinute.get(network, none -> new AtomicInteger()).incrementAndGet() <= MISSES_A_MINUTE) {
                return new Refusal(HttpStatus.NOT_FOUND, "not-found");
            }
            response.setHeader(HttpHeaders.RETRY_AFTER, MINUTE);
            return new Refusal(HttpStatus.TOO_MANY_REQUESTS, "too-many");
        });
    }

    @PostMapping(ONE)
    ModelAndView file(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String texte,
            Town town,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (forms.isForeign(request, town)) {
            throw new Refusal(HttpStatus.FORBIDDEN, "forbidden");
        }
        Case found = sought(town, token, request, response);
        try {
            desk.file(town.id(), token, texte);
        } catch (Refusal refusal) {
            if (refusal.status() == HttpStatus.NOT_FOUND) {
                throw refusal;
            }
            String problem = words.in(locale).get(refusal.key(), refusal.args());
            ModelAndView view = view(town, token, found, texte, problem, locale, response);
            view.setStatus(refusal.status());
            return view;
        }
        // Who reloads what they are led to contests nothing twice.
        String asked = URI.create(request.getRequestURL().toString()).getRawPath();
        ModelAndView led = new ModelAndView("redirect:" + asked);
        led.setStatus(HttpStatus.SEE_OTHER);
        return led;
    }

    private ModelAndView view(
            Town town,
            String token,
            Case found,
            String text,
            @Nullable String problem,
            Locale locale,
            HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return new ModelAndView(
                "conversation/site/appeal",
                "page",
                page(town, found, AppealDesk.PATH + token, text, problem, words.in(locale)));
    }

    private AppealPage page(Town town, Case found, String form, String text, @Nullable String problem, Words said) {
        Appeal appeal = found.appeal();
        Message message = found.message();
        List<AppealPage.Fact> facts = new ArrayList<>();
        facts.add(new AppealPage.Fact(
                said.get("conversation.appeal.written"), moment(message.writtenAt(), town, said), null));
        facts.add(new AppealPage.Fact(
                said.get("conversation.appeal.removed"), moment(appeal.removal().at(), town, said), null));
        facts.add(new AppealPage.Fact(
                said.get("conversation.appeal.why"),
                said.get(appeal.removal().why().key()),
                null));
        if (!appeal.removal().words().isEmpty()) {
            facts.add(new AppealPage.Fact(
                    said.get("conversation.appeal.words"), appeal.removal().words(), appeal.language()));
        }
        boolean open = appeal.isOpen(clock.instant());
        return new AppealPage(
                facts,
                message.link().isEmpty() ? null : message.link(),
                standing(appeal, open, town, said),
                said.get(
                        appeal.filed().isPresent()
                                ? "conversation.appeal.standing"
                                : "conversation.appeal.standing.uncontested"),
                open ? form : null,
                said.get("conversation.appeal.until", said.fullDate(appeal.lastDay(town.zone()))),
                AppealDesk.LENGTH,
                text,
                problem);
    }

    private static List<AppealPage.Line> standing(Appeal appeal, boolean open, Town town, Words said) {
        List<AppealPage.Line> lines = new ArrayList<>();
        appeal.filed()
                .ifPresent(filed -> lines.add(
                        AppealPage.Line.of(said.get("conversation.appeal.arrived", moment(filed.at(), town, said)))));
        appeal.decision().ifPresent(decision -> {
            lines.add(AppealPage.Line.of(said.get(
                    decision.granted()
                            ? "conversation.appeal.granted"
                            : decision.isMoot() ? "conversation.appeal.moot" : "conversation.appeal.dismissed",
                    moment(decision.at(), town, said))));
            if (!decision.words().isEmpty()) {
                lines.add(new AppealPage.Line(decision.words(), appeal.language()));
            }
            if (!decision.granted() && !decision.isMoot()) {
                lines.add(AppealPage.Line.of(said.get("conversation.decided.judge")));
            }
        });
        if (appeal.waits()) {
            lines.add(AppealPage.Line.of(said.get("conversation.appeal.waits")));
        } else if (lines.isEmpty() && !open) {
            lines.add(AppealPage.Line.of(said.get("conversation.appeal.late")));
        }
        return List.copyOf(lines);
    }

    private static String moment(Instant at, Town town, Words said) {
        return said.moment(at.atZone(town.zone()));
    }
}
