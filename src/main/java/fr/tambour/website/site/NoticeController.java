package fr.tambour.website.site;

import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.Withdrawal;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** A notice's permalink, for good: whatever becomes of the notice, something true stands here. */
@Controller
class NoticeController {

    private final PublicNotices notices;
    private final Readings readings;
    private final NoticePages pages;
    private final Accounts accounts;

    NoticeController(PublicNotices notices, Readings readings, NoticePages pages, Accounts accounts) {
        this.notices = notices;
        this.readings = readings;
        this.pages = pages;
        this.accounts = accounts;
    }

    @GetMapping({"/avis/{ref:[0-9a-z]{13}}", "/avis/{ref:[0-9a-z]{13}}/{slug:[a-z0-9-]+}"})
    ModelAndView notice(
            @PathVariable String ref,
            @PathVariable(required = false) @Nullable String slug,
            Town town,
            Locale locale,
            HttpServletResponse response) {
        PublishedNotice notice = NoticeId.ofRef(ref)
                .flatMap(id -> notices.find(town.id(), id))
                .orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "not-found"));
        if (notice.exercise()) {
            // Neither a phone nor a cache on the way keeps it for when it is over.
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        Reading reading = readings.of(town, locale);
        if (!notice.slug().equals(slug)) {
            return movedTo(reading.path(Permalink.of(notice)));
        }
        if (notice.state() == PublicState.WITHDRAWN) {
            response.setStatus(HttpStatus.GONE.value());
            return new ModelAndView("website/site/withdrawn", "page", withdrawn(notice, reading));
        }
        return new ModelAndView("website/site/notice", "page", pages.of(notice, reading));
    }

    /** The title changed, or somebody shortened the address. */
    private static ModelAndView movedTo(String path) {
        RedirectView moved = new RedirectView(path);
        moved.setStatusCode(HttpStatus.MOVED_PERMANENTLY);
        moved.setExposeModelAttributes(false);
        return new ModelAndView(moved);
    }

    private WithdrawnPage withdrawn(PublishedNotice notice, Reading reading) {
        Words words = reading.words();
        Told told = Told.of(notice, reading.language(), reading.first());
        Withdrawal withdrawal = notice.withdrawal().orElse(new Withdrawal(notice.changedAt(), ""));
        return new WithdrawnPage(
                words.get(notice.exercise() ? "website.exercise" : Kinds.key(notice.kind())),
                words.get("website.withdrawn.heading."
                        + (notice.exercise() ? "exercise" : notice.kind().name().toLowerCase(Locale.ROOT))),
                notice.exercise(),
                told.title(),
                told.other(reading.language()),
                reading.written(withdrawal.reason()),
                words.get(
                        "website.withdrawn.when",
                        new Dates(reading).moment(withdrawal.at()),
                        new Dates(reading).moment(notice.firstPublishedAt())),
                accounts.of(notice, reading),
                NoticePages.back(notice.kind(), words));
    }
}
