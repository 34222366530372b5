package fr.tambour.notice;

import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** A notice cannot go on because something is missing: {@code notice.incomplete}, 422, with every finding that blocks. */
public class Incomplete extends Refusal {

    private final transient List<Finding> findings;

    public Incomplete(List<Finding> findings) {
        super(HttpStatus.UNPROCESSABLE_CONTENT, "notice.incomplete", findings.size());
        this.findings = List.copyOf(findings);
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
