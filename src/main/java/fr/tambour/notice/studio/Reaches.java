package fr.tambour.notice.studio;

import fr.tambour.notice.Channels;
import fr.tambour.notice.Content;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Outreach;
import fr.tambour.notice.Outreach.Way;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.RenditionDeriver;
import fr.tambour.notice.StaffNotice;
import fr.tambour.notice.WallTime;
import fr.tambour.town.Town;
import fr.tambour.ui.Few;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Says in words how many each channel would reach. People are counted in tens, and fewer
 * than ten not at all, so that nobody can be found by it.
 */
@Component
class Reaches {

    private static final Logger LOG = LoggerFactory.getLogger(Reaches.class);

    private final Channels channels;
    private final ObjectProvider<Outreach> outreach;
    private final Names names;
    private final Clock clock;

    Reaches(Channels channels, ObjectProvider<Outreach> outreach, Names names, Clock clock) {
        this.channels = channels;
        this.outreach = outreach;
        this.names = names;
        this.clock = clock;
    }

    /** Of what is about to be released: when its author wished, if that is still ahead, else now. */
    Reaching of(Here here, StaffNotice notice, Content content) {
        Town town = here.town();
        Words words = here.words();
        Instant now = clock.instant();
        DraftView view = DraftView.of(town, notice, content, now);
        Instant at = view.release();
        return new Reaching(
                at.isAfter(now)
                        ? words.get("notice.reach.then", Names.moment(town, words, at, now))
                        : words.get("notice.reach.now"),
                ways(words, view),
                note(words, view));
    }

    private static String note(Words words, DraftView view) {
        if (view.shown().isEmpty()) {
            return "";
        }
        return words.get(
                "notice.reach." + (view.onlyTranslates() ? "translation" : view.staysOver() ? "over" : "correction"));
    }

    /** Of an alert that would come out now. */
    Reaching ofAlert(Town town, Words words, boolean exercise, Content content) {
        return new Reaching(
                "", ways(words, new DraftView(town, exercise, content, "", clock.instant(), Optional.empty())), "");
    }

    /** Of something new about an alert that stands, if it came out now. */
    Reaching ofUpdate(Town town, Words words, PublishedNotice shown, Content content) {
        // Its end stays unless it is said anew.
        Content ending = content.until() == null ? content.withUntil(WallTime.of(shown.until(), town.zone())) : content;
        DraftView view = DraftView.of(town, shown, ending, clock.instant());
        return new Reaching("", ways(words, view), note(words, view));
    }

    /** Whether what goes over it is told to people one by one, so that it takes a while. */
    boolean isTold(String channel) {
        Outreach known = outreach.getIfAvailable();
        return known != null && known.tells(channel);
    }

    private List<Reaching.Way> ways(Words words, DraftView view) {
        Outreach known = outreach.getIfAvailable();
        if (known == null) {
            return List.of();
        }
        try {
            return channels.all().stream()
                    .map(RenditionDeriver::channel)
                    .filter(channel -> view.content().channels().contains(channel))
                    .flatMap(channel ->
                            known.way(view, channel).stream().map(way -> way(view.town(), words, channel, way)))
                    .toList();
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("How many a notice would reach could not be counted: it can be released all the same", e);
            return List.of();
        }
    }

    private Reaching.Way way(Town town, Words words, String channel, Way way) {
        String name = names.facts(town, words).channel(channel);
        return switch (way) {
            case Way.Shown() -> new Reaching.Way(name, words.get("notice.reach.shown"), List.of());
            case Way.Told told -> told(town, words, channel, name, told);
        };
    }

    private Reaching.Way told(Town town, Words words, String channel, String name, Way.Told told) {
        List<String> later = new ArrayList<>();
        told.later()
                .forEach((when, count) -> later.add(words.get(
                        "notice.reach.later",
                        count(words, channel, count),
                        Names.moment(town, words, when, clock.instant()))));
        if (told.tooLate() > 0) {
            later.add(words.get("notice.reach.too-late", count(words, channel, told.tooLate())));
        }
        return new Reaching.Way(name, now(words, channel, told.now(), later.isEmpty()), later);
    }

    /** « aucun téléphone à prévenir » says that nobody follows later either. */
    private static String now(Words words, String channel, long count, boolean never) {
        if (count > 0) {
            return words.get("notice.reach.told", count(words, channel, count));
        }
        return never ? words.get("notice.reach.none", count(words, channel, 0)) : words.get("notice.reach.nobody-now");
    }

    /** « environ 4 340 téléphones », « moins de dix téléphones »; what is nobody's own is counted out: « 42 serveurs ». */
    private static String count(Words words, String channel, long count) {
        String own = "channel." + channel;
        if (Few.isFew(count)) {
            return words.get(words.has(own + ".few") ? own + ".few" : "notice.reach.few");
        }
        if (count > 0 && words.has(own + ".about")) {
            return words.get(own + ".about", Few.about(count));
        }
        if (words.has(own + ".count")) {
            return words.get(own + ".count", count);
        }
        return count > 0 ? words.get("notice.reach.about", Few.about(count)) : words.get("notice.reach.nobody");
    }
}
