package fr.tambour.operations.internal.demonstration;

import fr.tambour.conversation.Incoming;
import fr.tambour.media.Media;
import fr.tambour.media.Picture;
import fr.tambour.notice.Channels;
import fr.tambour.notice.NoticeClock;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.operations.internal.demonstration.DemoContent.Subject;
import fr.tambour.operations.internal.demonstration.Replay.Moment;
import fr.tambour.people.People;
import fr.tambour.people.Person;
import fr.tambour.people.Role;
import fr.tambour.storage.Ids;
import fr.tambour.storage.ReplayClock;
import fr.tambour.text.Slug;
import fr.tambour.town.Districts;
import fr.tambour.town.ListEntry;
import fr.tambour.town.Profile;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.town.TownStyle;
import fr.tambour.town.TownType;
import fr.tambour.town.Towns;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the demonstration town at the first start in demonstration mode: fourteen months of notices, written, approved,
 * corrected, withdrawn and ended by the same services as anybody's, on a clock set back for it. No other start makes one
 * of these.
 */
@Lazy
@Component
class DemonstrationTown {

    private static final Logger LOG = LoggerFactory.getLogger(DemonstrationTown.class);
    private static final String ARMS = "town/arms";
    private static final String FOLDER = "fr/tambour/operations/demonstration/";

    /** Known to everybody, told on the sign-in page. It opens nothing but this demonstration. */
    static final String PASSWORD = "un tambour pour Clairval";

    private final Towns towns;
    private final Districts districts;
    private final Themes themes;
    private final People people;
    private final Media media;
    private final Channels channels;
    private final NoticeDesk desk;
    private final NoticeClock notices;
    private final Incoming incoming;
    private final Ids ids;
    private final ReplayClock clock;
    private final TransactionTemplate write;
    private final int port;

    DemonstrationTown(
            Towns towns,
            Districts districts,
            Themes themes,
            People people,
            Media media,
            Channels channels,
            NoticeDesk desk,
            NoticeClock notices,
            Incoming incoming,
            Ids ids,
            Clock clock,
            PlatformTransactionManager transactions,
            @Value("${server.port}") int port) {
        this.towns = towns;
        this.districts = districts;
        this.themes = themes;
        this.people = people;
        this.media = media;
        this.channels = channels;
        this.desk = desk;
        this.notices = notices;
        this.incoming = incoming;
        this.ids = ids;
        this.clock = (ReplayClock) clock;
        this.write = new TransactionTemplate(transactions);
        this.port = port;
    }

    /** Unless it is there already. */
    void ensure() {
        if (towns.all().isEmpty()) {
            DemoContent content = read();
            try {
                make(content, clock.instant());
            } finally {
                clock.release();
            }
            LOG.info(
                    "The demonstration town is there: {} notices",
                    content.notices().size());
        }
    }

    static DemoContent read() {
        return read("notices.json", DemoContent.class);
    }

    private static <T> T read(String file, Class<T> type) {
        JsonMapper json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try (InputStream in = new ClassPathResource(FOLDER + file).getInputStream()) {
            return json.readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException("The demonstration's " + file + " cannot be read", e);
        }
    }

    private void make(DemoContent content, Instant now) {
        // From yesterday's midnight on, today's events would be missing: today is the town's own.
        ZoneId zone = ZoneId.of("Europe/Paris");
        clock.set(LocalDate.ofInstant(now, zone)
                .minusMonths(15)
                .atTime(9, 0)
                .atZone(zone)
                .toInstant());
        Town town = armed(Objects.requireNonNull(write.execute(status -> town(content))), content.town());
        Map<String, Person> staff = staff(content, town);
        Map<String, String> pictures = pictures(content, town, staff);
        Past past = new Past(
                desk,
                people,
                town,
                staff,
                new DemoNotices(
                        channels,
                        ids(
                                content.districts(),
                                slug -> districts
                                        .bySlug(town.id(), slug)
                                        .orElseThrow()
                                        .id()),
                        ids(
                                content.themes(),
                                slug -> themes.bySlug(town.id(), slug)
                                        .orElseThrow()
                                        .id()),
                        pictures),
                ids,
                now);
        List<Moment> moments = new ArrayList<>(past.moments(content.notices()));
        moments.addAll(new Echoes(incoming, write, town.id(), past).moments(read("echoes.json", DemoEchoes.class)));
        new Replay(clock, notices).run(moments);
    }

    private Town town(DemoContent content) {
        DemoContent.TownFacts facts = content.town();
        Town town =
                towns.add(new Town.Origin(TownType.COMMUNE, facts.inseeCode(), "00", ""), profile(facts, port), true);
        districts.arrange(town.id(), entries(content.districts()));
        themes.arrange(town.id(), entries(content.themes()));
        return town;
    }

    static Profile profile(DemoContent.TownFacts facts, int port) {
        return new Profile(
                facts.name(),
                TownStyle.VILLE,
                facts.postalCode(),
                facts.population(),
                URI.create("http://localhost:" + port),
                List.of("localhost"),
                facts.languages(),
                ZoneId.of("Europe/Paris"),
                Profile.Colours.DEFAULT,
                null,
                new Profile.Director(facts.mayor(), "maire"),
                new Profile.Contact(
                        facts.address() + "\n" + facts.name(),
                        facts.phone(),
                        facts.mail(),
                        String.join("\n", facts.openingHours())));
    }

    /** Its arms are a picture like any other; claimed under the name that the settings page uses, which may replace it. */
    private Town armed(Town town, DemoContent.TownFacts facts) {
        try (InputStream in = new ClassPathResource(FOLDER + facts.arms()).getInputStream()) {
            Picture picture = media.add(town.id().value(), in, facts.arms());
            Profile.Arms arms = new Profile.Arms(picture.hash(), picture.mediaType());
            return Objects.requireNonNull(write.execute(status -> {
                media.claim(town.id().value(), ARMS, List.of(picture.hash()));
                return towns.change(town.id(), town.version(), town.profile().withArms(arms));
            }));
        } catch (IOException e) {
            throw new UncheckedIOException("The demonstration's arms cannot be read", e);
        }
    }

    private static List<ListEntry> entries(List<Subject> subjects) {
        return subjects.stream()
                .map(subject -> new ListEntry(null, Map.of("fr", subject.nameFr(), "en", subject.nameEn())))
                .toList();
    }

    private static Map<String, Long> ids(List<Subject> subjects, ToLongFunction<String> id) {
        return subjects.stream()
                .collect(Collectors.toMap(Subject::slug, subject -> id.applyAsLong(Slug.of(subject.nameFr()))));
    }

    private Map<String, Person> staff(DemoContent content, Town town) {
        Map<String, Person> staff = new HashMap<>();
        content.people()
                .forEach(person -> staff.put(
                        person.key(),
                        write.execute(status -> people.create(
                                town.id(),
                                person.email(),
                                person.name(),
                                PASSWORD,
                                "fr",
                                person.roles().stream()
                                        .map(role -> Role.valueOf(role.toUpperCase(Locale.ROOT)))
                                        .collect(Collectors.toSet())))));
        return staff;
    }

    private Map<String, String> pictures(DemoContent content, Town town, Map<String, Person> staff) {
        Map<String, String> hashes = new TreeMap<>();
        for (var notice : content.notices()) {
            for (DemoContent.DemoPicture picture : notice.pictures()) {
                hashes.computeIfAbsent(picture.picture(), name -> kept(name, town));
            }
        }
        return hashes;
    }

    private String kept(String name, Town town) {
        try (InputStream in = new ClassPathResource(FOLDER + "pictures/" + name).getInputStream()) {
            return media.add(town.id().value(), in, name).hash();
        } catch (IOException e) {
            throw new UncheckedIOException("The demonstration's picture " + name + " cannot be read", e);
        }
    }
}
