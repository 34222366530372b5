package fr.tambour.operations.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.storage.InstanceFacts;
import java.util.Map;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the first start of an instance, or of a restored copy, sets down. */
@Component
class Beginnings implements ApplicationListener<ApplicationReadyEvent> {

    /** The restore cannot write this entry itself: the journal's key came with the archive. */
    static final String ENTRY_DUE = "instance.restore-entry-due";

    private final InstanceNumber number;
    private final InstanceFacts facts;
    private final Audit audit;

    Beginnings(InstanceNumber number, InstanceFacts facts, Audit audit) {
        this.number = number;
        this.facts = facts;
        this.audit = audit;
    }

    @Override
    @Transactional
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        number.ensure();
        facts.get(ENTRY_DUE).ifPresent(original -> {
            audit.record(new AuditEntry(0, 0, "operations.restored", number.get(), Map.of("copy-of", original)));
            facts.remove(ENTRY_DUE);
        });
    }
}
