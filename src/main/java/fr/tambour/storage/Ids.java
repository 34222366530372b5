package fr.tambour.storage;

import com.github.f4b6a3.tsid.TsidFactory;
import org.springframework.stereotype.Component;

/**
 * Makes 64-bit, time-ordered identifiers (TSID: milliseconds, ten bits drawn at the start, a counter), unique over all
 * towns of a node. Of several nodes one in 1,024 pairs draws the same ten bits; should those two then take the same counter
 * in the same millisecond, the primary key refuses the later row, if it is of the same town. So nothing is kept by an identifier
 * alone where towns are together. In JSON they are strings.
 */
@Component
public class Ids {

    private final TsidFactory factory = TsidFactory.newInstance1024();

    /** Positive, and greater than all that this node has made since it started. */
    public long next() {
        return factory.create().toLong();
    }
}
