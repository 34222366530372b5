package fr.tambour.notice;

import java.util.List;
import org.springframework.stereotype.Component;

/** Everything that is missing or doubtful in a draft, from all who look at it. */
@Component
public class Checks {

    private final List<NoticeCheck> checks;

    Checks(List<NoticeCheck> checks) {
        this.checks = checks;
    }

    /** Those that block and those that advise, one check after the other. */
    public List<Finding> of(DraftView draft) {
        return checks.stream().flatMap(check -> check.check(draft).stream()).toList();
    }
}
