package fr.tambour.phone.internal;

import fr.tambour.phone.internal.Phones.Key;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets go of phones that nobody has opened the site with for long. All phones are looked through for them: by who only reads,
 * so that nobody waits for the one who writes.
 */
@Component
class Unseen {

    private static final Logger LOG = LoggerFactory.getLogger(Unseen.class);

    private static final int PAGE = 1_000;

    /** Somebody opens the site in each. */
    private static final int LATELY = 2;

    private final Phones phones;
    private final PhoneSettings settings;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    Unseen(Phones phones, PhoneSettings settings, PlatformTransactionManager transactions) {
        this.phones = phones;
        this.settings = settings;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** Of none where no phone was seen lately: by a clock that is a year ahead, nobody was. */
    void sweep(Instant now) {
        YearMonth month = YearMonth.from(now.atZone(ZoneOffset.UTC));
        if (!read(() -> phones.anySeen(month.minusMonths(LATELY), month))) {
            return;
        }
        YearMonth before = month.minusMonths(settings.months());
        int gone = 0;
        List<Key> page = page(before, Key.NONE);
        while (!page.isEmpty()) {
            List<Key> those = page;
            gone += Objects.requireNonNull(writing.execute(status -> end(those, before)));
            page = those.size() < PAGE ? List.of() : page(before, those.getLast());
        }
        if (gone > 0) {
            LOG.info("{} phones that had not opened the site for {} months are forgotten", gone, settings.months());
        }
    }

    private int end(List<Key> page, YearMonth before) {
        return Math.toIntExact(
                page.stream().filter(phone -> phones.endUnseen(phone, before)).count());
    }

    private List<Key> page(YearMonth before, Key after) {
        return read(() -> phones.unseen(before, after, PAGE));
    }

    private <T> T read(Supplier<T> what) {
        return Objects.requireNonNull(reading.execute(status -> what.get()));
    }
}
