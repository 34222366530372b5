package fr.tambour.website.site;

import fr.tambour.ui.Phrase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What takes place, by day.
 *
 * @param month the calendar sheet beside the list
 * @param nothing what to say of a span without events, or null where the intro says it
 * @param before path of the archive with what was before
 * @param calendar path of the iCalendar file of all events
 */
public record AgendaPage(
        String title,
        String intro,
        List<Day> days,
        MonthSheet month,
        @Nullable Nothing nothing,
        String before,
        String calendar) {

    public record Nothing(String heading, String text) {}

    public record Day(
            String iso,
            String weekday,
            String number,
            @Nullable String month,
            List<Entry> entries) {}

    /**
     * @param place may be empty
     * @param days where it lasts several, else empty
     * @param ends epoch milliseconds, for copies that are read without a network
     */
    public record Entry(String href, Phrase title, String hour, Phrase place, String days, long ends) {}

    /**
     * A calendar sheet, of a month or of the weeks that come.
     *
     * @param rows weeks, Monday first
     * @param earlier address of the month before, or null where there is nothing to see
     */
    public record MonthSheet(
            String caption,
            @Nullable Link earlier,
            @Nullable Link later,
            List<String> weekdays,
            List<List<Cell>> rows) {}

    public record Link(String text, String href) {}

    /**
     * @param month short, where a month begins in a sheet of several
     * @param href where the day is found, or null where nothing takes place
     * @param label « jeudi 26 novembre : 2 rendez-vous »
     * @param in of the span that the sheet shows
     */
    public record Cell(
            String number,
            @Nullable String month,
            @Nullable String href,
            String label,
            boolean today,
            boolean in,
            int count) {}
}
