package fr.tambour.notice.studio;

import fr.tambour.notice.Content;
import fr.tambour.notice.Finding;
import fr.tambour.town.Town;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** What is missing, in words, each line leading to where it can be mended. */
@Component
class FindingLines {

    private final Names names;

    FindingLines(Names names) {
        this.names = names;
    }

    List<Aside.Line> of(Here here, Content content, List<Finding> findings, Predicate<Finding> which) {
        Facts facts = names.facts(here.town(), here.words());
        return findings.stream()
                .filter(which)
                .map(finding -> new Aside.Line(
                        sentence(here, facts, finding),
                        "#" + field(here.town(), content, finding.field()),
                        ClockQuestions.about(here.words(), finding)))
                .toList();
    }

    private static String sentence(Here here, Facts facts, Finding finding) {
        Object[] args =
                finding.args().stream().map(arg -> said(here, facts, arg)).toArray();
        return here.words().get("notice.finding." + finding.code(), args);
    }

    private static Object said(Here here, Facts facts, Object arg) {
        if (arg instanceof LocalDateTime time) {
            return here.words().time(time.toLocalTime());
        }
        return arg instanceof String tag && here.town().languages().contains(tag) ? facts.language(tag) : arg;
    }

    /** Where the person can mend it: the id of a field. */
    private static String field(Town town, Content content, String field) {
        String first = town.language();
        if (field.startsWith("pictures[")) {
            int index = Integer.parseInt(field.substring("pictures[".length(), field.length() - 1));
            return "picture." + content.pictures().get(index).hash() + ".alt." + first;
        }
        return switch (field) {
            case "title", "summary", "body", "instruction" -> field + "." + first;
            case "event.start", "event.end", "from", "until", "wished" -> field + ".date";
            case "event.repeat" -> "event.repeat.last";
            case "channels" -> "channels";
            default -> field.startsWith("words.") ? "title." + field.substring("words.".length()) : field;
        };
    }
}
