package fr.tambour.fediverse.internal;

import fr.tambour.conversation.TownAnswer;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the town answers somebody, as other servers read it: a `Note` that names them, and its activities. */
@Component
public class AnswerNotes {

    private static final String CREATE = "#create";

    private final Words words;

    AnswerNotes(Words words) {
        this.words = words;
    }

    /** As it stands at its address. */
    public ObjectNode of(TownAnswer answer, Town town, Actor actor) {
        ObjectNode note = JsonMapper.shared().createObjectNode();
        note.set("@context", Contexts.of());
        note.put("id", id(answer, actor).toString());
        note.put("type", "Note");
        note.put("attributedTo", actor.uri().toString());
        boolean stands = !answer.to().link().isEmpty();
        if (stands) {
            note.put("inReplyTo", answer.repliesTo());
        }
        note.put("published", Notes.moment(answer.sentAt()));
        note.put("url", id(answer, actor).toString());
        addressed(note, answer, actor, stands);
        note.put("sensitive", false);
        String html = html(answer, town);
        note.put("content", html);
        note.putObject("contentMap").put(answer.language(), html);
        if (stands) {
            note.putArray("tag")
                    .addObject()
                    .put("type", "Mention")
                    .put("href", answer.to().id())
                    .put("name", "@" + answer.to().handle());
        }
        return note;
    }

    /** What stands where it was. */
    public ObjectNode tombstone(TownAnswer answer, Actor actor) {
        ObjectNode tombstone = JsonMapper.shared().createObjectNode();
        tombstone.put("@context", Contexts.STREAMS);
        tombstone.put("id", id(answer, actor).toString());
        tombstone.put("type", "Tombstone");
        tombstone.put("formerType", "Note");
        tombstone.put("published", Notes.moment(answer.sentAt()));
        answer.withdrawnAt().ifPresent(at -> tombstone.put("deleted", Notes.moment(at)));
        return tombstone;
    }

    static String createId(TownAnswer answer, Actor actor) {
        return id(answer, actor) + CREATE;
    }

    byte[] create(TownAnswer answer, Town town, Actor actor) {
        return bytes(about("Create", CREATE, of(answer, town, actor), answer, actor)
                .put("published", Notes.moment(answer.sentAt())));
    }

    byte[] delete(TownAnswer answer, Actor actor) {
        ObjectNode activity = about("Delete", "#delete", tombstone(answer, actor), answer, actor);
        answer.withdrawnAt().ifPresent(at -> activity.put("published", Notes.moment(at)));
        return bytes(activity);
    }

    private static ObjectNode about(String type, String which, ObjectNode object, TownAnswer answer, Actor actor) {
        ObjectNode activity = JsonMapper.shared().createObjectNode();
        activity.set("@context", Contexts.of());
        activity.put("id", id(answer, actor) + which);
        activity.put("type", type);
        activity.put("actor", actor.uri().toString());
        addressed(activity, answer, actor, !answer.to().id().isEmpty());
        object.remove("@context");
        activity.set("object", object);
        return activity;
    }

    /** Whoever is answered reads it; everybody else only where all could read what is answered. */
    private static void addressed(ObjectNode node, TownAnswer answer, Actor actor, boolean named) {
        var to = node.putArray("to");
        if (named) {
            to.add(answer.to().id());
        }
        var cc = node.putArray("cc");
        if (answer.open()) {
            cc.add(Contexts.PUBLIC).add(actor.followers());
        }
    }

    private String html(TownAnswer answer, Town town) {
        String text = town.demonstration()
                ? words.in(Locale.forLanguageTag(answer.language())).get("fediverse.demonstration", answer.text())
                : answer.text();
        String mention = answer.to().link().isEmpty()
                ? ""
                : "<p><a href=\"%s\" class=\"u-url mention\">@<span>%s</span></a></p>"
                        .formatted(
                                escaped(answer.to().link()), escaped(answer.to().handle()));
        return mention + PostHtml.paragraphs(text);
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }

    private static URI id(TownAnswer answer, Actor actor) {
        return OwnAddresses.answer(actor, answer.notice(), answer.id());
    }

    private static byte[] bytes(ObjectNode activity) {
        return activity.toString().getBytes(StandardCharsets.UTF_8);
    }
}
