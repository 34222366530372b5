package fr.tambour.website.site;

import fr.tambour.notice.Kind;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicNotices.Filter;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Districts;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class HomeController {

    private static final int STORIES = 5;
    private static final int PRACTICAL = 5;
    /** Enough to find the most urgent among; a town with more standing at once has its list page. */
    private static final int PRACTICAL_LOOKED_AT = 60;

    private static final int EVENTS = 200;
    private static final int DAYS = 7;
    private static final int DAYS_AHEAD = 35;

    private final Readings readings;
    private final PublicNotices notices;
    private final Themes themes;
    private final Districts districts;
    private final Shots shots;

    HomeController(Readings readings, PublicNotices notices, Themes themes, Districts districts, Shots shots) {
        this.readings = readings;
        this.notices = notices;
        this.themes = themes;
        this.districts = districts;
        this.shots = shots;
    }

    @GetMapping("/")
    String home(Town town, Locale locale, Model model) {
        Reading reading = readings.of(town, locale);
        model.addAttribute("page", page(reading));
        return "website/site/home";
    }

    private HomePage page(Reading reading) {
        Town town = reading.town();
        Cards cards = Cards.with(shots, reading);
        Dates dates = new Dates(reading);
        Alarms alarms = new Alarms(reading);
        LocalDate today = reading.today();

        List<PublishedNotice> emergencies = notices.emergencies(town.id(), reading.now());
        List<PublishedNotice> events = notices.events(
                town.id(), Filter.ALL, reading.now(), reading.startOf(today.plusDays(DAYS_AHEAD)), EVENTS);
        List<PublishedNotice> practical =
                notices.current(town.id(), Filter.of(Kind.PRACTICAL), reading.now(), null, PRACTICAL_LOOKED_AT).stream()
                        .sorted(Comparator.comparing(dates::urgency))
                        .toList();
        List<PublishedNotice> stories =
                new ArrayList<>(notices.current(town.id(), Filter.of(Kind.NEWS), reading.now(), null, STORIES + 1));
        Diary diary = new Diary(reading, events, today, today.plusDays(DAYS - 1L));

        Optional<PublishedNotice> lead = lead(stories, events);
        lead.ifPresent(stories::remove);

        long now = practical.stream()
                .filter(notice -> dates.holdsOn(notice, today))
                .count();
        return new HomePage(
                today.toString(),
                reading.words().capital(reading.words().day(today)),
                reading.words().get("website.home.calm"),
                reading.words().get("website.home.today", now, diary.on(today).size()),
                emergencies.stream().findFirst().map(alarms::of).orElse(null),
                cards.of(emergencies.stream().skip(1).toList()),
                lead.map(cards::of).orElse(null),
                cards.of(practical.stream().limit(PRACTICAL).toList()),
                practical.size() > PRACTICAL,
                week(reading, diary),
                cards.of(stories.stream().limit(STORIES).toList()),
                themes.of(town.id()).stream()
                        .map(theme -> new HomePage.Choice(reading.named(theme), "/thematiques/" + theme.slug()))
                        .toList(),
                districts.of(town.id()).stream()
                        .map(district -> new HomePage.Choice(reading.named(district), "/quartiers/" + district.slug()))
                        .toList(),
                lead.isEmpty() && practical.isEmpty() && emergencies.isEmpty() ? nothing(reading) : null,
                StructuredData.site(town));
    }

    /** Before the first notice something is promised; afterwards not, even if all that there was has been withdrawn. */
    private HomePage.Nothing nothing(Reading reading) {
        Town town = reading.town();
        boolean archived = !notices.archiveMonths(town.id()).isEmpty();
        String key = archived ? "over" : notices.any(town.id()) ? "none" : "empty";
        return new HomePage.Nothing(
                reading.words().get("website.home." + key + ".heading"),
                reading.words().get("website.home." + key + ".text"),
                archived ? reading.path("/archives") : null);
    }

    /** The newest story that has a picture, else the newest; an event that is soon where there is no news. */
    private static Optional<PublishedNotice> lead(List<PublishedNotice> stories, List<PublishedNotice> events) {
        return stories.stream()
                .limit(3)
                .filter(HomeController::pictured)
                .findFirst()
                .or(() -> events.stream()
                        .limit(5)
                        .filter(HomeController::pictured)
                        .findFirst())
                .or(() -> stories.stream().findFirst())
                .or(() -> events.stream().findFirst());
    }

    private static boolean pictured(PublishedNotice notice) {
        return !notice.content().pictures().isEmpty();
    }

    private static List<HomePage.Day> week(Reading reading, Diary diary) {
        return IntStream.range(0, DAYS)
                .mapToObj(reading.today()::plusDays)
                .map(day -> new HomePage.Day(
                        reading.words()
                                .capital(
                                        day.equals(reading.today())
                                                ? reading.weekday(day)
                                                : reading.words().weekday(day)),
                        Integer.toString(day.getDayOfMonth()),
                        day.toString(),
                        day.equals(reading.today()),
                        diary.on(day).stream()
                                .map(happening -> diary.line(happening, day))
                                .toList()))
                .toList();
    }
}
