package fr.tambour.website.site;

import static java.util.Comparator.naturalOrder;

import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Everything that was published and not withdrawn, month by month. */
@Controller
class ArchiveController {

    private static final int SIZE = 40;

    private final Readings readings;
    private final PublicNotices notices;

    ArchiveController(Readings readings, PublicNotices notices) {
        this.readings = readings;
        this.notices = notices;
    }

    @GetMapping("/archives")
    String archives(Town town, Locale locale, Model model) {
        Reading reading = readings.of(town, locale);
        Map<Integer, List<ArchivesPage.Month>> years = new TreeMap<>((a, b) -> Integer.compare(b, a));
        notices.archiveMonths(town.id())
                .forEach((month, count) -> years.computeIfAbsent(month.getYear(), year -> new ArrayList<>())
                        .add(month(month, count, reading.words())));
        model.addAttribute(
                "page",
                new ArchivesPage(years.entrySet().stream()
                        .map(year -> new ArchivesPage.Year(year.getKey(), year.getValue()))
                        .toList()));
        return "website/site/archives";
    }

    private static ArchivesPage.Month month(YearMonth month, int count, Words words) {
        return new ArchivesPage.Month(
                words.capital(month.getMonth().getDisplayName(TextStyle.FULL_STANDALONE, words.locale())),
                path(month),
                words.get("website.archive.count", count));
    }

    @GetMapping("/archives/{year:[0-9]{4}}/{month:[0-9]{2}}")
    String month(
            @PathVariable int year,
            @PathVariable int month,
            @RequestParam(name = "avant", required = false) @Nullable String before,
            Town town,
            Locale locale,
            Model model) {
        Reading reading = readings.of(town, locale);
        YearMonth asked = AgendaController.month(year, month);
        List<PublishedNotice> found = notices.archive(town.id(), asked, town.zone(), Paging.cursor(before), SIZE + 1);
        List<PublishedNotice> shown = found.stream().limit(SIZE).toList();
        Set<YearMonth> others = notices.archiveMonths(town.id()).keySet();
        model.addAttribute(
                "page",
                new ArchivePage(
                        reading.words().capital(reading.words().month(asked)),
                        entries(shown, reading),
                        before == null,
                        Paging.older(reading.path(path(asked)), found, SIZE),
                        link(
                                others.stream()
                                        .filter(other -> other.isBefore(asked))
                                        .max(naturalOrder()),
                                reading),
                        link(
                                others.stream()
                                        .filter(other -> other.isAfter(asked))
                                        .min(naturalOrder()),
                                reading)));
        return "website/site/archive";
    }

    private List<ArchivePage.Entry> entries(List<PublishedNotice> shown, Reading reading) {
        Cards cards = Cards.withoutPictures(reading);
        Dates dates = new Dates(reading);
        return shown.stream()
                .map(notice -> new ArchivePage.Entry(
                        cards.of(notice),
                        reading.words().date(dates.day(notice.firstPublishedAt())),
                        notice.overAt(reading.now()) ? reading.words().get("website.over.word") : null))
                .toList();
    }

    private static AgendaPage.@Nullable Link link(Optional<YearMonth> month, Reading reading) {
        Words words = reading.words();
        return month.map(other -> new AgendaPage.Link(words.capital(words.month(other)), path(other)))
                .orElse(null);
    }

    private static String path(YearMonth month) {
        return "/archives/%d/%02d".formatted(month.getYear(), month.getMonthValue());
    }
}
