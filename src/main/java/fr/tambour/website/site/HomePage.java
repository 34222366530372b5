package fr.tambour.website.site;

import fr.tambour.ui.Phrase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The home page: first whether all is well, then what changes, then what is celebrated.
 *
 * @param iso today, for {@code datetime}
 * @param day « Mardi 24 novembre »
 * @param state whether an alert stands
 * @param alarm the gravest emergency, or null
 * @param others further emergencies
 * @param summary what the day holds, in one sentence
 * @param lead the first story, or null where nothing is published
 * @param practical « À savoir », the most urgent first
 * @param week seven days from today
 * @param news further stories, newest first
 * @param nothing what to say where nothing stands; null where something does
 */
public record HomePage(
        String iso,
        String day,
        String state,
        String summary,
        @Nullable Alarm alarm,
        List<Card> others,
        @Nullable Card lead,
        List<Card> practical,
        boolean morePractical,
        List<Day> week,
        List<Card> news,
        List<Choice> themes,
        List<Choice> districts,
        @Nullable Nothing nothing,
        String data) {

    /**
     * @param name « Aujourd’hui », « Mercredi »
     * @param number « 25 »
     */
    public record Day(String name, String number, String iso, boolean today, List<Line> lines) {}

    /**
     * @param hour « 14 h », with the place « médiathèque », which may be empty
     * @param ends epoch milliseconds, for copies that are read without a network
     */
    public record Line(String href, Phrase title, String hour, Phrase place, long ends) {}

    /** @param href where earlier notices are read, or null where there are none */
    public record Nothing(
            String heading, String text, @Nullable String href) {}

    /** A theme or a district. */
    public record Choice(Phrase name, String href) {}
}
