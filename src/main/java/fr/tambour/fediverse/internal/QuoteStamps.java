package fr.tambour.fediverse.internal;

import java.net.URI;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the town says about being quoted (FEP-044f): the stamp by which anybody sees that it gave leave, and its answers. */
public final class QuoteStamps {

    public static final String PATH = "/citations/";

    private static final String FEP = "https://w3id.org/fep/044f#";
    private static final String INTERACTION = "https://gotosocial.org/ns#";

    private QuoteStamps() {}

    static URI id(Actor own, Quote quote) {
        return URI.create(own.uri() + PATH + quote.id());
    }

    /** As it stands at its address. */
    public static ObjectNode of(Quote quote, Actor own) {
        ObjectNode stamp = JsonMapper.shared().createObjectNode();
        ObjectNode terms = context(stamp).addObject();
        terms.put("QuoteAuthorization", FEP + "QuoteAuthorization");
        terms.putObject("interactingObject")
                .put("@id", INTERACTION + "interactingObject")
                .put("@type", "@id");
        terms.putObject("interactionTarget")
                .put("@id", INTERACTION + "interactionTarget")
                .put("@type", "@id");
        stamp.put("id", id(own, quote).toString());
        stamp.put("type", "QuoteAuthorization");
        stamp.put("attributedTo", own.uri().toString());
        stamp.put("interactingObject", quote.post().toString());
        stamp.put("interactionTarget", Notes.id(own, quote.notice()).toString());
        return stamp;
    }

    /**
     * What somebody asked.
     *
     * @param id of the request
     * @param quoted what they want to quote, as they name it
     * @param post theirs, which quotes it
     */
    record Asked(URI id, URI who, URI quoted, URI post) {}

    static ObjectNode accept(Actor own, Asked asked, Quote quote) {
        return answer("Accept", own, asked).put("result", id(own, quote).toString());
    }

    static ObjectNode reject(Actor own, Asked asked) {
        return answer("Reject", own, asked);
    }

    private static ObjectNode answer(String type, Actor own, Asked asked) {
        ObjectNode activity = JsonMapper.shared().createObjectNode();
        context(activity).addObject().put("QuoteRequest", FEP + "QuoteRequest");
        activity.put("id", own.uri() + "#quote-" + Digests.hex(type + " " + asked.id()));
        activity.put("type", type);
        activity.put("actor", own.uri().toString());
        activity.putArray("to").add(asked.who().toString());
        activity.putObject("object")
                .put("id", asked.id().toString())
                .put("type", "QuoteRequest")
                .put("actor", asked.who().toString())
                .put("object", asked.quoted().toString())
                .put("instrument", asked.post().toString());
        return activity;
    }

    /** That the leave holds no more, as its author is told. */
    static ObjectNode delete(Actor own, Quote quote) {
        ObjectNode activity = revoked(own, quote);
        activity.putArray("to").add(quote.author().toString()).add(Contexts.PUBLIC);
        return activity;
    }

    /** The same for whoever else may have seen it: no more of it than what it is known by. */
    static ObjectNode deleteForAll(Actor own, Quote quote) {
        ObjectNode activity = revoked(own, quote);
        activity.putArray("to").add(Contexts.PUBLIC);
        return activity;
    }

    private static ObjectNode revoked(Actor own, Quote quote) {
        ObjectNode activity = JsonMapper.shared().createObjectNode();
        activity.put("@context", Contexts.STREAMS);
        activity.put("id", id(own, quote) + "#delete");
        activity.put("type", "Delete");
        activity.put("actor", own.uri().toString());
        activity.put("object", id(own, quote).toString());
        return activity;
    }

    private static ArrayNode context(ObjectNode document) {
        return document.putArray("@context").add(Contexts.STREAMS);
    }
}
