package fr.tambour.fediverse.internal;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the names in our documents mean, for whoever reads them as JSON-LD. */
final class Contexts {

    static final String STREAMS = "https://www.w3.org/ns/activitystreams";
    static final String PUBLIC = STREAMS + "#Public";

    /** As all of its names are written that others use. */
    private static final Set<String> EVERYBODY = Set.of(PUBLIC, "as:Public", "Public");

    static final String SECURITY = "https://w3id.org/security/v1";

    private static final List<String> EVENT_TERMS =
            List.of("displayEndTime", "timezone", "eventStatus", "joinMode", "organizers");

    private static final List<String> ADDRESS_TERMS =
            List.of("PostalAddress", "address", "streetAddress", "postalCode", "addressLocality", "addressCountry");

    private Contexts() {}

    /** Whether something is for everybody. */
    static boolean isPublic(JsonNode object) {
        return Stream.of("to", "cc")
                .flatMap(field -> StrangeJson.each(object.path(field)).stream())
                .anyMatch(one -> one.isString() && EVERYBODY.contains(one.asString()));
    }

    static ArrayNode of() {
        ArrayNode context = JsonMapper.shared().createArrayNode();
        context.add(STREAMS);
        context.add(SECURITY);
        ObjectNode own = context.addObject();
        own.put("toot", "http://joinmastodon.org/ns#");
        own.put("schema", "http://schema.org#");
        own.put("Hashtag", "as:Hashtag");
        own.put("sensitive", "as:sensitive");
        own.put("manuallyApprovesFollowers", "as:manuallyApprovesFollowers");
        own.put("PropertyValue", "schema:PropertyValue");
        own.put("value", "schema:value");
        own.put("discoverable", "toot:discoverable");
        own.put("indexable", "toot:indexable");
        own.putObject("featured").put("@id", "toot:featured").put("@type", "@id");
        own.putObject("attributionDomains")
                .put("@id", "toot:attributionDomains")
                .put("@type", "@id");
        own.putObject("upcomingEvents")
                .put("@id", "https://w3id.org/fep/8a8e/upcomingEvents")
                .put("@type", "@id");
        own.put("blurhash", "toot:blurhash");
        own.putObject("focalPoint").put("@container", "@list").put("@id", "toot:focalPoint");
        own.putObject("alsoKnownAs").put("@id", "as:alsoKnownAs").put("@type", "@id");
        own.put("gts", "https://gotosocial.org/ns#");
        for (String term : List.of("interactionPolicy", "canQuote", "automaticApproval")) {
            own.putObject(term).put("@id", "gts:" + term).put("@type", "@id");
        }
        return context;
    }

    /** With the names that FEP-8a8e gives to what an `Event` needs besides, and schema.org to an address. */
    static ArrayNode ofEvents() {
        ArrayNode context = of();
        ObjectNode own = context.addObject();
        for (String term : EVENT_TERMS) {
            own.put(term, "https://w3id.org/fep/8a8e/" + term);
        }
        for (String term : ADDRESS_TERMS) {
            own.put(term, "https://schema.org/" + term);
        }
        return context;
    }
}
