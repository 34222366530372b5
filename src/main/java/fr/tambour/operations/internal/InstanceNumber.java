package fr.tambour.operations.internal;

import fr.tambour.storage.Ids;
import fr.tambour.storage.InstanceFacts;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells a copy from its original: given at the first start, and anew by a restore. */
@Component
public class InstanceNumber {

    private static final String NUMBER = "instance.number";
    private static final String COPY_OF = "instance.copy-of";

    private final InstanceFacts facts;
    private final Ids ids;

    InstanceNumber(InstanceFacts facts, Ids ids) {
        this.facts = facts;
        this.ids = ids;
    }

    public String get() {
        return facts.get(NUMBER).orElseThrow();
    }

    /** Gives one where there is none yet, in the caller's transaction. */
    void ensure() {
        if (facts.get(NUMBER).isEmpty()) {
            facts.put(NUMBER, fresh());
        }
    }

    /** A restored copy gets a number of its own, in the caller's transaction. */
    public void becomeCopyOf(String original, Instant now) {
        facts.put(NUMBER, fresh());
        facts.put(COPY_OF, original);
        facts.restored(now);
        facts.put(Beginnings.ENTRY_DUE, original);
    }

    public Optional<String> original() {
        return facts.get(COPY_OF);
    }

    public Optional<Instant> restoredAt() {
        return facts.restoredAt();
    }

    private String fresh() {
        return Long.toString(ids.next());
    }
}
