package fr.tambour.notice;

import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * A notice cannot go on because something is missing, 422, with every finding that blocks: {@code notice.incomplete} where
 * the draft stays as it was saved, {@code notice.alert-incomplete} for an emergency, of which nothing is kept.
 */
public class Incomplete extends Refusal {

    private final transient List<Finding> findings;

    public Incomplete(List<Finding> findings) {
        this("notice.incomplete", findings);
    }

    private Incomplete(String code, List<Finding> findings) {
        super(HttpStatus.UNPROCESSABLE_CONTENT, code, findings.size());
        this.findings = List.copyOf(findings);
    }

    /** Of an emergency, which is written and released in one step. */
    public Incomplete ofAlert() {
        return new Incomplete("notice.alert-incomplete", findings);
    }

    /** Those that block, one at least. */
    public List<Finding> findings() {
        return findings;
    }

    /** {@code findings}: each with its code, field and sentence. */
    @Override
    public Map<String, Object> members(Words words) {
        return Map.of(
                "findings",
                findings.stream()
                        .map(finding -> Map.of(
                                "weight", finding.blocks() ? "blocks" : "advises",
                                "code", finding.code(),
                                "field", finding.field(),
                                "message", finding.sentence(words)))
                        .toList());
    }
}
