package fr.tambour.audit.internal;

import fr.tambour.audit.AuditReport;
import fr.tambour.audit.AuditReport.Broken;
import fr.tambour.audit.AuditReport.Finding;
import fr.tambour.audit.AuditVerifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads first who can tell where the chain ends, and the table afterwards: what is committed meanwhile leaves them behind,
 * never ahead. Each entry is checked against the MAC that the one before it carries, so that one changed entry does not
 * condemn all that follow.
 */
@Component
class ChainVerifier implements AuditVerifier {

    private static final int PAGE = 1_000;

    private final Entries entries;
    private final Chain chain;
    private final HeadFile file;

    ChainVerifier(Entries entries, Chain chain, HeadFile file) {
        this.entries = entries;
        this.chain = chain;
        this.file = file;
    }

    @Override
    @Transactional(readOnly = true)
    public AuditReport verify() {
        Findings findings = new Findings();
        Optional<Link> head = head(findings);
        Link end = entries.end();
        Set<Link> witnessed = new HashSet<>();
        Link last = Link.START;
        List<Entries.Chained> page = entries.after(Long.MIN_VALUE, Long.MIN_VALUE, PAGE);
        while (!page.isEmpty()) {
            for (Entries.Chained each : page) {
                last = check(last, each, findings);
                Link link = new Link(each.row().number(), each.mac());
                if (link.equals(end) || head.filter(link::equals).isPresent()) {
                    witnessed.add(link);
                }
            }
            Row row = page.getLast().row();
            page = entries.after(row.number(), row.townId(), PAGE);
        }
        if (head.isPresent()) {
            compare(head.get(), last, witnessed, findings);
        }
        if (!head.filter(end::equals).isPresent()) {
            compare(end, last, witnessed, findings);
        }
        return findings.all.isEmpty()
                ? new AuditReport.Intact(last.number(), head.map(Link::number).orElse(0L))
                : new Broken(List.copyOf(findings.all));
    }

    private Optional<Link> head(Findings findings) {
        try {
            Optional<Link> head = file.read();
            if (head.isEmpty()) {
                findings.add(new Finding.HeadMissing());
            }
            return head;
        } catch (HeadFile.Unreadable e) {
            findings.add(new Finding.HeadUnreadable());
            return Optional.empty();
        }
    }

    private Link check(Link last, Entries.Chained each, Findings findings) {
        long number = each.row().number();
        if (number <= last.number()) {
            findings.add(new Finding.Inserted(number));
            return last;
        }
        if (number > last.number() + 1) {
            // What stands before the gap is lost, so nothing can be said of this entry but that it follows a gap.
            findings.add(new Finding.Missing(last.number() + 1, number - 1));
        } else if (!chain.mac(last.mac(), each.row()).equals(each.mac())) {
            findings.add(new Finding.Altered(number));
        }
        return new Link(number, each.mac());
    }

    private static void compare(Link witness, Link last, Set<Link> witnessed, Findings findings) {
        if (witness.number() > last.number()) {
            findings.add(new Finding.Cut(last.number(), witness.number()));
        } else if (witness.number() > 0 && !witnessed.contains(witness)) {
            findings.add(new Finding.Rewritten(witness.number()));
        }
    }

    private static final class Findings {

        private final List<Finding> all = new ArrayList<>();

        void add(Finding finding) {
            if (all.size() < Broken.MOST) {
                all.add(finding);
            }
        }
    }
}
