package fr.tambour.fediverse.internal;

import fr.tambour.conversation.Remark;
import fr.tambour.conversation.Report;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody surely sent, with what strangers wrote in it read and made harmless: that takes a while, and while the one writer
 * is held everybody would wait for it.
 *
 * @param remark what they say, where it is something to be kept or changed
 * @param report the words of what they report
 * @param post how a post reads now that may stand reposted; null where it is none for everybody any more
 * @param quoting what is to quote a notice, as its own server shows it
 */
record Arrival(
        RemoteActor sender,
        ObjectNode activity,
        Optional<Remark> remark,
        String report,
        PostReading.@Nullable Found post,
        JsonNode quoting) {

    /** @param reposted whether it may change what the town has reposted */
    static Arrival of(RemoteActor sender, ObjectNode activity, boolean reposted, JsonNode quoting, Instant now) {
        JsonNode object = activity.path("object");
        String type = StrangeJson.text(activity, "type");
        boolean says = (type.equals("Create") || type.equals("Update")) && Remarks.isBy(sender.uri(), object);
        return new Arrival(
                sender,
                activity,
                says ? Optional.of(Remarks.read(sender, object, now)) : Optional.empty(),
                type.equals("Flag") ? Report.words(reason(activity)) : "",
                reposted ? post(object) : null,
                quoting);
    }

    /** Why somebody reports; Lemmy's servers say it where others summarise. */
    private static String reason(ObjectNode flag) {
        String content = StrangeJson.text(flag, "content");
        return content.isBlank() ? StrangeJson.text(flag, "summary") : content;
    }

    private static PostReading.@Nullable Found post(JsonNode object) {
        Optional<URI> id = StrangeJson.id(object);
        return id.isPresent()
                        && object instanceof ObjectNode document
                        && PostReading.of(id.get(), document) instanceof PostReading.Found found
                ? found
                : null;
    }
}
