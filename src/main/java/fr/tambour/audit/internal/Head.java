package fr.tambour.audit.internal;

import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the head file in step with the chain. Once chain and head contradict each other the head stands still: it is the
 * evidence that `audit verify` shows.
 */
@Component
class Head {

    private static final Logger log = LoggerFactory.getLogger(Head.class);

    private final HeadFile file;
    private @Nullable Link known;
    private boolean opened;
    private boolean frozen;

    Head(HeadFile file) {
        this.file = file;
    }

    /** Under the chain's lock: is what this node last saw still there? */
    synchronized void confirm(Link end, Entries entries) {
        if (!opened) {
            opened = true;
            open(end);
        }
        Link seen = known;
        if (seen == null || seen.number() == 0 || frozen) {
            return;
        }
        String mac = seen.number() == end.number()
                ? end.mac()
                : entries.mac(seen.number()).orElse("");
        if (seen.number() > end.number() || !mac.equals(seen.mac())) {
            freeze("The journal no longer holds entry " + seen.number() + " as it was written");
        }
    }

    private void open(Link end) {
        try {
            known = file.read().orElse(null);
            if (known == null && end.number() > 0) {
                log.warn(
                        "The journal has {} entries but no head file {}: a new one begins here, and a cut before now"
                                + " could not be seen. Expected after a restore.",
                        end.number(),
                        file.path());
            }
        } catch (HeadFile.Unreadable e) {
            freeze("The head file " + file.path() + " is not readable");
        }
    }

    /** After the commit. Commits may report out of order; the head only goes forward. */
    synchronized void advance(Link end) {
        if (frozen || (known != null && known.number() >= end.number())) {
            return;
        }
        try {
            file.write(end);
            known = end;
        } catch (UncheckedIOException e) {
            log.error(
                    "The head file {} could not be written; it stays behind until the next entry, and a cut of the"
                            + " entries since could not be seen",
                    file.path(),
                    e);
        }
    }

    private void freeze(String why) {
        frozen = true;
        log.error("{}: the head stands still as evidence. Run `bin/tambour audit verify`.", why);
    }
}
