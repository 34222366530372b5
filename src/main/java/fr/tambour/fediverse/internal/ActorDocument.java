package fr.tambour.fediverse.internal;

import fr.tambour.town.Profile;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.town.TownPaths;
import fr.tambour.ui.Words;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An account as it describes itself: an organisation, which is no bot. */
@Component
public class ActorDocument {

    private static final int PEM_LINE = 64;

    private final Actors actors;
    private final Themes themes;
    private final Words words;

    ActorDocument(Actors actors, Themes themes, Words words) {
        this.actors = actors;
        this.themes = themes;
        this.words = words;
    }

    public ObjectNode of(Actor actor, Town town) {
        ObjectNode document = JsonMapper.shared().createObjectNode();
        document.set("@context", Contexts.of());
        document.put("id", actor.uri().toString());
        switch (actor.kind()) {
            case TOWN, THEME -> followed(document, actor, town);
            case INSTANCE -> document.put("type", "Application").put("name", town.fullName());
        }
        document.put("preferredUsername", actor.name());
        document.put("inbox", inbox(actor));
        document.put("outbox", actor.uri() + FediversePaths.OUTBOX);
        document.putObject("endpoints").put("sharedInbox", actor.sharedInbox().toString());
        key(document, actor);
        return document;
    }

    /** What whoever verifies a signature of its has to know, and no more. */
    public static ObjectNode key(Actor actor) {
        ObjectNode document = JsonMapper.shared().createObjectNode();
        document.putArray("@context").add(Contexts.STREAMS).add(Contexts.SECURITY);
        document.put("id", actor.uri().toString());
        document.put("type", "Organization");
        document.put("preferredUsername", actor.name());
        document.put("inbox", inbox(actor));
        document.putObject("endpoints").put("sharedInbox", actor.sharedInbox().toString());
        key(document, actor);
        return document;
    }

    private static void key(ObjectNode document, Actor actor) {
        document.putObject("publicKey")
                .put("id", actor.keyId())
                .put("owner", actor.uri().toString())
                .put("publicKeyPem", pem(actor));
    }

    private static String inbox(Actor actor) {
        return switch (actor.kind()) {
            case TOWN, THEME -> actor.uri() + FediversePaths.INBOX;
            case INSTANCE -> actor.sharedInbox().toString();
        };
    }

    /** The same for what looks the same: a picture that is drawn as before has another address after each change of the town's. */
    String digest(Actor actor, Town town) {
        return digest(of(actor, town), town);
    }

    /** @param account as it is described now */
    static String digest(ObjectNode account, Town town) {
        ObjectNode shown = account.deepCopy();
        shown.remove(List.of("icon", "image"));
        return Digests.hex(
                shown + "\n" + town.profile().colours() + "\n" + town.profile().arms() + "\n" + town.name());
    }

    /**
     * That it is otherwise from now on.
     *
     * @param account as it is described now
     */
    static ObjectNode update(Actor actor, ObjectNode account, Instant now) {
        ObjectNode activity = Activities.ofItself(actor, "Update", actor.uri() + "#update-" + now.toEpochMilli(), now);
        ObjectNode object = account.deepCopy();
        object.remove("@context");
        activity.set("object", object);
        return activity;
    }

    /** What stands where it was. */
    public static ObjectNode tombstone(Actor actor) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("@context", Contexts.STREAMS)
                .put("id", actor.uri().toString())
                .put("type", "Tombstone")
                .put("formerType", "Organization");
    }

    /** As people read it: « Jeunesse – Ville de Clairval ». */
    public String name(Actor actor, Town town, Locale locale) {
        return actor.kind() == Actor.Kind.THEME
                ? words.in(locale).get("fediverse.theme.name", theme(actor, town, locale), town.fullName())
                : town.fullName();
    }

    /** What it is for, in a sentence or two. */
    public String biography(Actor actor, Town town, Locale locale) {
        Words said = words.in(locale);
        if (actor.kind() != Actor.Kind.THEME) {
            return said.get("fediverse.biography", town.fullName());
        }
        String handle = "@" + actors.of(town).handle();
        return actor.state() == Actor.State.ON
                ? said.get("fediverse.theme.biography", theme(actor, town, locale), town.fullName(), handle)
                : said.get("fediverse.theme.stopped", town.fullName(), handle);
    }

    private String theme(Actor actor, Town town, Locale locale) {
        return themes.byId(town.id(), actor.theme())
                .map(theme -> theme.name(locale.toLanguageTag(), town.language()))
                .orElse(actor.name());
    }

    private void followed(ObjectNode document, Actor actor, Town town) {
        Words said = words.in(town.locale());
        boolean shown = !town.demonstration() && actor.state() == Actor.State.ON;
        document.put("type", "Organization");
        document.put("name", name(actor, town, town.locale()));
        document.put("url", actor.uri().toString());
        document.put("summary", "<p>" + escaped(biography(actor, town, town.locale())) + "</p>");
        document.put("followers", actor.followers());
        document.put("following", actor.uri() + FediversePaths.FOLLOWING);
        document.put("featured", actor.uri() + FediversePaths.FEATURED);
        if (actor.kind() == Actor.Kind.TOWN) {
            document.put("upcomingEvents", actor.uri() + FediversePaths.EVENTS);
        }
        document.put("manuallyApprovesFollowers", actor.approves());
        document.put("discoverable", shown);
        document.put("indexable", shown);
        if (actor.kind() == Actor.Kind.TOWN) {
            ArrayNode before = document.putArray("alsoKnownAs");
            actors.aliases(town).forEach(alias -> before.add(alias.toString()));
        }
        Stream.of(town.baseUrl().getHost(), actor.domain())
                .distinct()
                .forEach(document.putArray("attributionDomains")::add);
        var fields = document.putArray("attachment");
        field(fields.addObject(), said.get("fediverse.field.site"), link(town.url("/")));
        Profile.Contact contact = town.profile().contact();
        said(fields, said.get("fediverse.field.phone"), contact.phone());
        said(fields, said.get("fediverse.field.address"), contact.address());
        said(fields, said.get("fediverse.field.hours"), contact.openingHours());
        picture(document.putObject("icon"), town.url(TownPaths.portrait(town)));
        picture(document.putObject("image"), town.url(TownPaths.banner(town)));
    }

    private static void picture(ObjectNode picture, String address) {
        picture.put("type", "Image").put("mediaType", "image/png").put("url", address);
    }

    /** Of several lines one: others show a field in a table. Mastodon shows four, in their order. */
    private static void said(ArrayNode fields, String name, String lines) {
        if (!lines.isBlank()) {
            field(
                    fields.addObject(),
                    name,
                    escaped(lines.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .collect(Collectors.joining(", "))));
        }
    }

    private static void field(ObjectNode field, String name, String html) {
        field.put("type", "PropertyValue").put("name", name).put("value", html);
    }

    /** With {@code me}, so that servers find the page's own link back and call it verified. */
    private static String link(String address) {
        String escaped = escaped(address);
        return "<a href=\"%s\" rel=\"me nofollow noopener\" target=\"_blank\">%s</a>".formatted(escaped, escaped);
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }

    private static String pem(Actor actor) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'})
                        .encodeToString(actor.publicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
