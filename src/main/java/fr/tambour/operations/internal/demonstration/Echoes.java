package fr.tambour.operations.internal.demonstration;

import fr.tambour.conversation.Author;
import fr.tambour.conversation.Incoming;
import fr.tambour.conversation.Reaction;
import fr.tambour.conversation.Remark;
import fr.tambour.operations.internal.demonstration.DemoEchoes.DemoReactions;
import fr.tambour.operations.internal.demonstration.DemoEchoes.DemoRemark;
import fr.tambour.operations.internal.demonstration.Replay.Moment;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.util.HtmlUtils;

/** What invented people answered, and when: it comes in as what a channel brings. */
class Echoes {

    /** What the town answers goes nowhere ({@link DemonstrationAnswers}): nobody is there. */
    static final String CHANNEL = "demonstration";

    private static final List<String> HOSTS =
            List.of("social.example", "pouet.example", "jardins.example", "livres.example", "orge.example");

    private final Incoming incoming;
    private final TransactionTemplate write;
    private final TownId town;
    private final Past past;

    /** @param past of the notices that are answered to; its moments are known by then */
    Echoes(Incoming incoming, TransactionTemplate write, TownId town, Past past) {
        this.incoming = incoming;
        this.write = write;
        this.town = town;
        this.past = past;
    }

    List<Moment> moments(DemoEchoes echoes) {
        return Stream.concat(
                        echoes.remarks().stream().map(this::said),
                        echoes.reactions().stream().map(this::reacted))
                .toList();
    }

    private Moment said(DemoRemark remark) {
        Instant at = past.cameOut(remark.notice()).plus(remark.after());
        return new Moment(at, () -> write.executeWithoutResult(status -> incoming.said(town, remark(remark, at))));
    }

    private Remark remark(DemoRemark remark, Instant at) {
        String person = person(remark.author(), remark.host());
        return new Remark(
                CHANNEL,
                address(remark.says()),
                new Author(person, remark.author() + "@" + remark.host(), remark.name(), person, remark.host(), person),
                "<p>" + HtmlUtils.htmlEscape(remark.text(), "UTF-8") + "</p>",
                List.of(),
                Objects.requireNonNullElse(remark.language(), "fr"),
                person + "/" + remark.says(),
                Objects.requireNonNullElse(remark.open(), true),
                past.id(remark.notice()),
                remark.to() == null ? "" : address(remark.to()),
                at);
    }

    private Moment reacted(DemoReactions reactions) {
        Instant at = past.cameOut(reactions.notice()).plus(reactions.after());
        return new Moment(
                at,
                () -> write.executeWithoutResult(status -> {
                    react(reactions.notice(), Reaction.Kind.LIKE, reactions.likes());
                    react(reactions.notice(), Reaction.Kind.REPOST, reactions.reposts());
                }));
    }

    private void react(String notice, Reaction.Kind kind, int count) {
        for (int i = 0; i < count; i++) {
            String host = HOSTS.get(i % HOSTS.size());
            String person = person("habitant" + i, host);
            incoming.reacted(
                    town, new Reaction(past.id(notice), kind, person, person + "#" + kind + "-" + notice, host));
        }
    }

    private static String person(String name, String host) {
        return "https://" + host + "/@" + name;
    }

    private static String address(String name) {
        return "https://social.example/" + CHANNEL + "/" + name;
    }
}
