package fr.tambour.phone.site;

import fr.tambour.dispatch.Choices;
import fr.tambour.dispatch.Choices.QuietHours;
import fr.tambour.notice.Kind;
import fr.tambour.phone.internal.Subscriptions;
import fr.tambour.phone.internal.Subscriptions.Told;
import fr.tambour.town.Districts;
import fr.tambour.town.Listed;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.town.TownList;
import fr.tambour.ui.Refusal;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What phones send and are answered: {@code docs/reference/phones.md}. */
@Component
class PhoneJson {

    private static final int MOST_BYTES = 16_384;

    /** Subjects, and districts: so many ids of nineteen digits, with commas between, are kept ({@code VARCHAR(2000)}). */
    private static final int MOST_IDS = 100;

    /** Whoever says something twice may mean either. */
    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private final Themes themes;
    private final Districts districts;

    PhoneJson(Themes themes, Districts districts) {
        this.themes = themes;
        this.districts = districts;
    }

    /** @throws Refusal 400 {@code phone.malformed}; 413 {@code phone.too-large} */
    JsonNode read(byte[] body) {
        if (body.length > MOST_BYTES) {
            throw new Refusal(HttpStatus.CONTENT_TOO_LARGE, "phone.too-large", MOST_BYTES);
        }
        try {
            JsonNode json = STRICT.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            // As with what is no object.
        }
        throw malformed();
    }

    Told told(JsonNode json) {
        JsonNode keys = json.path("keys");
        return new Told(text(json, "endpoint"), text(keys, "p256dh"), text(keys, "auth"));
    }

    @Nullable
    Told replaced(JsonNode json) {
        JsonNode old = json.path("replaces");
        return old.isObject() ? told(old) : null;
    }

    String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isString()) {
            throw malformed();
        }
        return value.asString();
    }

    @Nullable
    Choices choices(JsonNode json, Town town) {
        JsonNode chosen = json.path("choices");
        if (chosen.isMissingNode() || chosen.isNull()) {
            return null;
        }
        // Emergencies come anyway; that they stand among the chosen keeps an empty choice from meaning everything.
        Set<Kind> kinds = EnumSet.of(Kind.EMERGENCY);
        for (String kind : strings(chosen, "kinds")) {
            try {
                kinds.add(Kind.valueOf(kind));
            } catch (IllegalArgumentException e) {
                throw badChoices();
            }
        }
        String language = text(chosen, "language");
        return new Choices(
                kinds,
                ids(chosen, "themes", themes, town),
                ids(chosen, "districts", districts, town),
                quiet(chosen.path("quiet")),
                // It picks the words and excludes nothing: who remembers one that the town speaks no more keeps the
                // rest.
                town.languages().contains(language) ? language : town.language(),
                exercises(chosen.path("exercises")));
    }

    /** Dropped ones too: a page or a phone may know nothing of it yet, and they may come back. */
    private static <T extends Listed> Set<Long> ids(JsonNode chosen, String field, TownList<T> list, Town town) {
        List<String> wanted = strings(chosen, field);
        if (wanted.isEmpty()) {
            return Set.of();
        }
        Map<String, Long> known =
                list.ever(town.id()).stream().collect(Collectors.toMap(entry -> Long.toString(entry.id()), Listed::id));
        Set<Long> ids = new HashSet<>();
        for (String id : wanted) {
            Long found = known.get(id);
            if (found == null) {
                throw badChoices();
            }
            ids.add(found);
        }
        if (ids.size() > MOST_IDS) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "phone.too-many-choices", MOST_IDS);
        }
        return ids;
    }

    private static @Nullable QuietHours quiet(JsonNode quiet) {
        if (quiet.isMissingNode() || quiet.isNull()) {
            return null;
        }
        try {
            return new QuietHours(
                    quiet.path("from").asInt(-1), quiet.path("until").asInt(-1));
        } catch (IllegalArgumentException e) {
            throw badChoices();
        }
    }

    /** Only whoever says yes agrees: a page of yesterday says nothing. */
    private static boolean exercises(JsonNode agreed) {
        if (agreed.isMissingNode() || agreed.isNull()) {
            return false;
        }
        if (!agreed.isBoolean()) {
            throw malformed();
        }
        return agreed.asBoolean();
    }

    private static List<String> strings(JsonNode chosen, String field) {
        JsonNode list = chosen.path(field);
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray() || list.size() > 200 || !list.valueStream().allMatch(JsonNode::isString)) {
            throw malformed();
        }
        return list.valueStream().map(JsonNode::asString).toList();
    }

    static Map<String, Object> of(Subscriptions.State state) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", state.active() ? "active" : "pending");
        json.put("choices", of(state.choices()));
        return json;
    }

    static Map<String, Object> of(Choices choices) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kinds", choices.kinds().stream().sorted().map(Kind::name).toList());
        json.put("themes", ids(choices.themes()));
        json.put("districts", ids(choices.districts()));
        QuietHours quiet = choices.quiet();
        json.put("quiet", quiet == null ? null : Map.of("from", quiet.from(), "until", quiet.until()));
        json.put("language", choices.language());
        json.put("exercises", choices.exercises());
        return json;
    }

    private static List<String> ids(Set<Long> ids) {
        return ids.stream().sorted().map(String::valueOf).toList();
    }

    private static Refusal malformed() {
        return new Refusal(HttpStatus.BAD_REQUEST, "phone.malformed");
    }

    private static Refusal badChoices() {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "phone.choices");
    }
}
