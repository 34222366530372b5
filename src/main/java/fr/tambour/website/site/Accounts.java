package fr.tambour.website.site;

import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.ui.Roll;
import fr.tambour.ui.Roll.Stick;
import fr.tambour.ui.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells a notice's account from its dispatches. */
@Component
class Accounts {

    /** Channels in the order of the roll's sticks; see {@link Roll}. */
    private static final List<String> STICKS =
            List.of("website", "feed", "phone", "fediverse", "newsletter", "display", "journal");

    private final Dispatches dispatches;

    Accounts(Dispatches dispatches) {
        this.dispatches = dispatches;
    }

    /** Of a channel among the others. */
    static int place(String channel) {
        return STICKS.indexOf(channel);
    }

    Account of(PublishedNotice notice, Reading reading) {
        List<Dispatch> all = dispatches.of(reading.town().id(), notice.id());
        return new Account(
                "/avis/" + notice.id().ref() + "/bilan",
                new Roll(STICKS.stream().map(name -> stick(name, all)).toList(), ""),
                lines(all, reading));
    }

    /** How the newest dispatch over a channel stands. */
    private static Stick stick(String channel, List<Dispatch> all) {
        return all.reversed().stream()
                .filter(dispatch -> dispatch.channel().equals(channel))
                .findFirst()
                .map(dispatch -> switch (dispatch.state()) {
                    case SETTLED -> Stick.ACCEPTED;
                    case STOPPED -> Stick.OFF;
                    case OPEN -> Stick.WAITING;
                })
                .orElse(Stick.OFF);
    }

    /** What left in one transaction is one line. */
    private static List<Account.Line> lines(List<Dispatch> all, Reading reading) {
        Map<Instant, List<Dispatch>> together = all.stream()
                .collect(Collectors.groupingBy(Dispatch::openedAt, LinkedHashMap::new, Collectors.toList()));
        List<Account.Line> lines = new ArrayList<>();
        together.forEach((at, dispatched) -> lines.add(line(at, dispatched, reading)));
        Collections.reverse(lines);
        return lines;
    }

    /** A channel's name inside a sentence. */
    private static String within(String name, Locale locale) {
        return name.substring(0, 1).toLowerCase(locale) + name.substring(1);
    }

    private static Account.Line line(Instant at, List<Dispatch> dispatched, Reading reading) {
        Words words = reading.words();
        String purpose = dispatched.getFirst().purpose().name().toLowerCase(Locale.ROOT);
        return new Account.Line(
                at.toString(),
                words.get("website.account." + purpose),
                words.get("website.account.at", new Dates(reading).moment(at)),
                words.capital(dispatched.stream()
                        .map(Dispatch::channel)
                        .distinct()
                        .sorted((a, b) -> Integer.compare(STICKS.indexOf(a), STICKS.indexOf(b)))
                        .map(channel -> within(words.getOr("channel." + channel, channel), words.locale()))
                        .collect(Collectors.joining(", "))));
    }
}
