package fr.tambour.people.studio;

import fr.tambour.people.Role;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What an entry of the journal holds beside its action, in the reader's words: {@code audit.detail.NAME} and {@code
 * audit.value.NAME.VALUE} in the bundle of the module that wrote it; roles, rights, moments, languages and fingerprints
 * are known here.
 */
record JournalDetails(Words said, Town town, LocalDate today) {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,19}");
    private static final Pattern LIST = Pattern.compile("\\[.*]");
    private static final Pattern RIGHT = Pattern.compile("[a-z-]+:[a-z-]+");
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{40,}");
    private static final int FINGERPRINT_SHOWN = 12;

    /** What it was done to; empty where only a number, or the town itself, is known of it. */
    String subject(String subject) {
        String key = "audit.subject." + subject;
        if (said.has(key)) {
            return said.get(key);
        }
        return NUMBER.matcher(subject).matches() || subject.equals(town.slug()) ? "" : subject;
    }

    /** « rôles : Auteur »; an action may have a sentence of its own, {@code audit.detail-of.ACTION}. */
    String line(String action, String name, String value) {
        String own = "audit.detail-of." + action;
        if (said.has(own) && NUMBER.matcher(value).matches()) {
            return said.get(own, name(name), Long.parseLong(value));
        }
        return said.get("audit.detail", name(name), value(name, value));
    }

    private String name(String name) {
        String key = "audit.detail." + name;
        if (said.has(key)) {
            return said.get(key);
        }
        return town.languages().contains(name) ? said.languageName(name) : name;
    }

    private String value(String name, String value) {
        String key = "audit.value." + name + "." + value;
        if (said.has(key)) {
            return said.get(key);
        }
        if (FINGERPRINT.matcher(value).matches()) {
            // Recognised by its beginning; the whole of it is in the journal's own table.
            return value.substring(0, FINGERPRINT_SHOWN) + "…";
        }
        String plain = LIST.matcher(value).matches() ? value.substring(1, value.length() - 1) : value;
        List<String> parts = Arrays.stream(plain.split(",")).map(String::strip).toList();
        return moment(value)
                .or(() -> all(parts, this::role))
                .or(() -> all(parts, this::right))
                .or(() -> name.equals("languages") ? all(parts, this::language) : Optional.empty())
                .orElse(plain);
    }

    private Optional<String> moment(String value) {
        try {
            return Optional.of(said.moment(Instant.parse(value).atZone(town.zone()), today));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Each in words, or none: a value that only looks like such a list stays as it is. */
    private static Optional<String> all(List<String> parts, Function<String, Optional<String>> words) {
        List<String> told =
                parts.stream().flatMap(part -> words.apply(part).stream()).toList();
        return told.size() == parts.size() ? Optional.of(String.join(", ", told)) : Optional.empty();
    }

    private Optional<String> role(String part) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equals(part))
                .map(role -> said.get(role.key()))
                .findFirst();
    }

    private Optional<String> right(String part) {
        String key = "right." + part.replace(':', '.');
        return RIGHT.matcher(part).matches() && said.has(key) ? Optional.of(said.get(key)) : Optional.empty();
    }

    private Optional<String> language(String part) {
        return Optional.of(said.languageName(part));
    }
}
