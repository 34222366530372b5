package fr.tambour.storage;

import com.github.f4b6a3.tsid.TsidFactory;
import org.springframework.stereotype.Component;

/** Makes 64-bit, time-ordered identifiers, unique over all towns and nodes. In JSON they are strings. */
@Component
public class Ids {

    private final TsidFactory factory = TsidFactory.newInstance1024();

    public long next() {
        return factory.create().toLong();
    }
}
