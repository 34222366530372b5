package fr.tambour.fediverse.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Occurrences;
import fr.tambour.notice.Occurrences.Occurrence;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.text.Markdown;
import fr.tambour.text.Typography;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A notice of an event as calendars of the fediverse read it: an `Event`, beside the `Note` that is sent (FEP-8a8e). Of one that
 * comes back it is the next time.
 */
@Component
public class Events {

    /** Below the notice, where no readable end of an address is. */
    static final String PATH = "/fediverse/evenement";

    private final Notes notes;
    private final Words bundle;
    private final Clock clock;

    Events(Notes notes, Words bundle, Clock clock) {
        this.notes = notes;
        this.bundle = bundle;
        this.clock = clock;
    }

    /** What it is known by. */
    public static URI id(URI base, PublishedNotice notice) {
        return URI.create(Notes.id(base, notice.id()) + PATH);
    }

    /** What the names in it mean. */
    public static ArrayNode context() {
        return Contexts.ofEvents();
    }

    /** What stands where it was. */
    public static ObjectNode tombstone(Actor actor, PublishedNotice notice) {
        return Notes.tombstone(actor, notice)
                .put("id", id(actor.base(), notice).toString())
                .put("formerType", "Event");
    }

    /** Whether there is one beside its note. */
    public static boolean isOf(PublishedNotice notice) {
        return Notes.isOf(notice)
                && notice.kind() == Kind.EVENT
                && notice.content().event() != null
                && notice.content().event().start() != null;
    }

    /** The first of these that have one, and are not over, by when they are next. */
    public List<ObjectNode> upcoming(List<PublishedNotice> notices, int most, Town town, Actor actor) {
        Instant now = clock.instant();
        return notices.stream()
                .filter(Events::isOf)
                .filter(notice -> !notice.overAt(now))
                .sorted(Comparator.comparing(
                        notice -> next(notice, town).map(Occurrence::start).orElse(Instant.MAX)))
                .limit(most)
                .flatMap(notice -> of(notice, town, actor).stream())
                .toList();
    }

    /** Like its note in who it is of, whom it is for, its pictures and hashtags; empty where no time of it is left. */
    public Optional<ObjectNode> of(PublishedNotice notice, Town town, Actor actor) {
        Content.Event said = notice.content().event();
        return said == null
                ? Optional.empty()
                : next(notice, town).map(occurrence -> of(notice, said, occurrence, town, actor));
    }

    private ObjectNode of(PublishedNotice notice, Content.Event said, Occurrence occurrence, Town town, Actor actor) {
        ObjectNode event = notes.of(notice, town, actor);
        event.set("@context", Contexts.ofEvents());
        event.put("id", id(actor.base(), notice).toString());
        event.put("type", "Event");
        event.remove("replies");
        event.remove("sensitive");
        event.remove("interactionPolicy");
        words(event, notice, town);
        Instant end = said.end() == null ? dayAfter(occurrence, town) : occurrence.end();
        event.put("startTime", time(occurrence.start(), town));
        event.put("endTime", time(end, town));
        if (said.end() == null && !said.allDay()) {
            event.put("displayEndTime", false);
        }
        event.put("timezone", town.zone().getId());
        event.put("eventStatus", isMoved(notice) ? "EventRescheduled" : "EventScheduled");
        event.put("joinMode", "none");
        place(event.putObject("location"), said, town);
        if (!said.organiser().isBlank()) {
            ObjectNode organisers = event.putObject("organizers");
            organisers.put("type", "Collection").put("totalItems", 1);
            organisers.putArray("items").addObject().put("type", "Organization").put("name", said.organiser());
        }
        return event;
    }

    private void words(ObjectNode event, PublishedNotice notice, Town town) {
        ObjectNode names = event.putObject("nameMap");
        ObjectNode contents = event.putObject("contentMap");
        notice.content().completeLanguages(town.language()).stream()
                .sorted(Comparator.comparing(language -> !language.equals(town.language())))
                .forEach(language -> {
                    Content.Words words = notice.content().in(language);
                    Locale locale = Locale.forLanguageTag(language);
                    Words said = bundle.in(locale);
                    String name = Notes.marked(Typography.of(words.title(), locale), town, said);
                    String content =
                            PostHtml.paragraphs(Notes.marked(Typography.of(words.summary(), locale), town, said))
                                    + Markdown.toHtml(words.body(), locale, URI.create(town.url("/")));
                    if (names.isEmpty()) {
                        event.put("name", name);
                        event.put("content", content);
                    }
                    names.put(language, name);
                    contents.put(language, content);
                });
    }

    /** The next time, and once all are over the last. */
    private Optional<Occurrence> next(PublishedNotice notice, Town town) {
        Content.Event event = notice.content().event();
        List<Occurrence> all = event == null ? List.of() : Occurrences.of(event, town.zone());
        Instant now = clock.instant();
        return all.stream()
                .filter(occurrence -> occurrence.end().isAfter(now))
                .findFirst()
                .or(() -> all.isEmpty() ? Optional.empty() : Optional.of(all.getLast()));
    }

    /** Where nobody said how long it lasts, programs may forget it the day after. */
    private static Instant dayAfter(Occurrence occurrence, Town town) {
        return occurrence
                .start()
                .atZone(town.zone())
                .truncatedTo(ChronoUnit.DAYS)
                .plusDays(1)
                .toInstant();
    }

    private static String time(Instant at, Town town) {
        ZonedDateTime local = at.truncatedTo(ChronoUnit.SECONDS).atZone(town.zone());
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local);
    }

    private static boolean isMoved(PublishedNotice notice) {
        return notice.corrections().stream()
                .flatMap(correction -> correction.changes().stream())
                .anyMatch(change ->
                        change.field().equals("event.start") && !change.before().isEmpty());
    }

    private static void place(ObjectNode place, Content.Event event, Town town) {
        place.put("type", "Place");
        place.put("name", event.place().isBlank() ? town.name() : event.place());
        ObjectNode address = place.putObject("address");
        address.put("type", "PostalAddress");
        if (!event.address().isBlank()) {
            address.put("streetAddress", event.address());
        }
        if (!town.profile().postalCode().isBlank()) {
            address.put("postalCode", town.profile().postalCode());
        }
        address.put("addressLocality", town.name());
        address.put("addressCountry", "FR");
    }
}
