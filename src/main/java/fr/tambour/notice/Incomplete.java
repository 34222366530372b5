package fr.tambour.notice;

import fr.tambour.ui.Refusal;
import java.util.List;
import org.springframework.http.HttpStatus;

/** A notice cannot go on because something is missing: {@code notice.incomplete}, 422, with every finding that blocks. */
public class Incomplete extends Refusal {

    private final transient List<Finding> findings;

    public Incomplete(List<Finding> findings) {
        super(HttpStatus.UNPROCESSABLE_CONTENT, "notice.incomplete", findings.size());
        this.findings = List.copyOf(findings);
    }

    public List<Finding> findings() {
        return findings;
    }
}
