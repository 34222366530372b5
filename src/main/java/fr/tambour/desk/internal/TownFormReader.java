package fr.tambour.desk.internal;

import fr.tambour.text.Clean;
import fr.tambour.town.HostName;
import fr.tambour.town.Profile;
import fr.tambour.town.Profile.Contact;
import fr.tambour.town.Profile.Director;
import fr.tambour.town.TownStyle;
import fr.tambour.ui.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** From what was typed to a profile, or to what is wrong with it, field by field. */
public final class TownFormReader {

    /** First languages and others a town may choose: French, the languages of France that have a tag, the neighbours'. */
    public static final List<String> LANGUAGES = List.of(
            "fr",
            "en",
            "fr-simple",
            "br",
            "oc",
            "eu",
            "ca",
            "co",
            "gsw",
            "frp",
            "gcf",
            "gcr",
            "rcf",
            "swb",
            "ty",
            "de",
            "es",
            "it",
            "nl",
            "pt",
            "ar",
            "tr",
            "uk");

    /** Those asked for most. */
    public static final List<String> USUAL_LANGUAGES = List.of("fr", "en", "fr-simple");

    /** The clocks of France. */
    public static final List<String> ZONES = List.of(
            "Europe/Paris",
            "America/Guadeloupe",
            "America/Martinique",
            "America/Cayenne",
            "Indian/Reunion",
            "Indian/Mayotte",
            "America/Miquelon",
            "America/St_Barthelemy",
            "America/Marigot",
            "Pacific/Noumea",
            "Pacific/Tahiti",
            "Pacific/Marquesas",
            "Pacific/Gambier",
            "Pacific/Wallis",
            "Indian/Kerguelen");

    /** Districts or themes of one town. */
    public static final int MOST_NAMES = 100;

    /** Characters of a district's or theme's name. */
    public static final int LONGEST_NAME = 60;

    private static final String FALC = "fr-simple";
    private static final int MOST_HOSTS = 20;
    private static final Pattern POSTAL_CODE = Pattern.compile("[0-9]{5}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern MAIL = Pattern.compile("[^\\s@<>\"]{1,64}@[^\\s@<>\"]{1,190}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 .()-]{2,25}");

    private final TownForm form;
    private final Profile before;
    private final Set<String> always;
    private final Problems problems = new Problems();

    private TownFormReader(TownForm form, Profile before, Set<String> always) {
        this.form = form;
        this.before = before;
        this.always = always;
    }

    /**
     * @param profile null where something is wrong
     * @param problems empty where nothing is
     */
    public record Reading(@Nullable Profile profile, Problems problems) {}

    /**
     * @param before what the form does not say: colours and arms
     * @param always host names that must go on working: that by which the page is being used
     */
    public static Reading read(TownForm form, Profile before, Set<String> always) {
        return new TownFormReader(form, before, always).read();
    }

    private Reading read() {
        String name = line("name", form.name(), 120);
        if (name.isEmpty()) {
            problems.add("name", "desk.problem.name-missing");
        }
        Optional<URI> base = baseUrl();
        Profile profile = new Profile(
                name,
                style(),
                postalCode(),
                population(),
                base.orElse(before.baseUrl()),
                hosts(base),
                languages(),
                zone(),
                before.colours(),
                before.arms(),
                new Director(line("directorName", form.directorName(), 120), function()),
                new Contact(
                        block("address", form.address(), 400),
                        phone(),
                        mail(),
                        block("openingHours", form.openingHours(), 600)));
        return new Reading(problems.none() ? profile : null, problems);
    }

    private TownStyle style() {
        for (TownStyle style : TownStyle.values()) {
            if (style.name().equals(form.style())) {
                return style;
            }
        }
        problems.add("style", "desk.problem.choose");
        return before.style();
    }

    private String postalCode() {
        String code = form.postalCode().replaceAll("\\s", "");
        if (!code.isEmpty() && !POSTAL_CODE.matcher(code).matches()) {
            problems.add("postalCode", "desk.problem.postal-code");
            return "";
        }
        return code;
    }

    private @Nullable Integer population() {
        String digits = form.population().replaceAll("[\\s\\u00A0\\u202F.]", "");
        if (digits.isEmpty()) {
            return null;
        }
        if (!NUMBER.matcher(digits).matches()) {
            problems.add("population", "desk.problem.population");
            return null;
        }
        return Integer.parseInt(digits);
    }

    private Optional<URI> baseUrl() {
        Optional<URI> base = publicAddress(form.baseUrl());
        if (base.isEmpty()) {
            problems.add("baseUrl", "desk.problem.base-url");
        }
        return base;
    }

    /**
     * Scheme, host and port of what was typed; https where no scheme was. Empty if it is no address of a site or names
     * more than that.
     */
    static Optional<URI> publicAddress(String typed) {
        String text = typed.strip();
        String whole = text.matches("(?i)https?://.*") ? text : "https://" + text;
        try {
            URI uri = new URI(whole.replaceFirst("/+$", ""));
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            String authority = uri.getRawAuthority();
            if (authority == null
                    || uri.getRawUserInfo() != null
                    || !uri.getRawPath().isEmpty()
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null) {
                return Optional.empty();
            }
            int port = uri.getPort();
            Optional<String> host = HostName.typed(authority);
            if (host.isEmpty()
                    || (!HostName.isLoopback(host.get()) && !host.get().contains("."))) {
                return Optional.empty();
            }
            boolean usual = port < 0 || (scheme.equals("https") ? port == 443 : port == 80);
            return Optional.of(new URI(scheme + "://" + host.get() + (usual ? "" : ":" + port)));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private List<String> hosts(Optional<URI> base) {
        Set<String> hosts = new LinkedHashSet<>();
        base.map(URI::getHost).ifPresent(hosts::add);
        for (String line : form.hosts().split("[\\s,;]+")) {
            if (line.isEmpty()) {
                continue;
            }
            Optional<String> host = HostName.typed(line);
            if (host.isEmpty()) {
                problems.add("hosts", "desk.problem.host", shortened(line));
            } else {
                hosts.add(host.get());
            }
        }
        hosts.addAll(always);
        hosts.removeIf(
                host -> HostName.isLoopback(host) || HostName.slugOfLocal(host).isPresent());
        if (hosts.size() > MOST_HOSTS) {
            problems.add("hosts", "desk.problem.hosts-many", MOST_HOSTS);
        }
        return List.copyOf(hosts);
    }

    private List<String> languages() {
        Set<String> languages = new LinkedHashSet<>();
        if (!LANGUAGES.contains(form.language()) || form.language().equals(FALC)) {
            problems.add("language", "desk.problem.choose");
        }
        languages.add(form.language());
        LANGUAGES.stream().filter(form.languages()::contains).forEach(languages::add);
        return new ArrayList<>(languages);
    }

    private ZoneId zone() {
        if (ZONES.contains(form.zone())) {
            return ZoneId.of(form.zone());
        }
        if (!form.zone().equals(before.zone().getId())) {
            problems.add("zone", "desk.problem.choose");
        }
        return before.zone();
    }

    private String function() {
        String function = line("directorFunction", form.directorFunction(), 80);
        if (function.isEmpty()) {
            problems.add("directorFunction", "desk.problem.function-missing");
        }
        return function;
    }

    /** A number that was copied from a page has the unbreakable spaces that pages show. */
    private String phone() {
        String phone = line("phone", form.phone().replaceAll("[\\u00A0\\u202F]", " "), 40);
        if (!phone.isEmpty() && !PHONE.matcher(phone).matches()) {
            problems.add("phone", "desk.problem.phone");
        }
        return phone;
    }

    private String mail() {
        String mail = line("mail", form.mail(), 254);
        if (!mail.isEmpty() && !MAIL.matcher(mail).matches()) {
            problems.add("mail", "desk.problem.mail");
        }
        return mail;
    }

    private String line(String field, String typed, int most) {
        try {
            return Clean.line(typed, most);
        } catch (Refusal tooLong) {
            problems.add(field, tooLong.key(), tooLong.args());
            return "";
        }
    }

    private String block(String field, String typed, int most) {
        try {
            return Clean.block(typed, most);
        } catch (Refusal tooLong) {
            problems.add(field, tooLong.key(), tooLong.args());
            return "";
        }
    }

    private static String shortened(String typed) {
        return typed.length() <= 60 ? typed : typed.substring(0, 60) + "…";
    }

    /**
     * The names of a list typed one a line: without blank lines and doubles.
     *
     * @throws Refusal 422 if there are more than {@value #MOST_NAMES}, or one is longer than {@value #LONGEST_NAME}
     */
    public static List<String> lines(String typed) {
        List<String> names = Arrays.stream(
                        Clean.block(typed, (LONGEST_NAME + 1) * MOST_NAMES).split("\n"))
                .map(line -> Clean.line(line, LONGEST_NAME))
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
        if (names.size() > MOST_NAMES) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "desk.list-long", MOST_NAMES);
        }
        return names;
    }
}
