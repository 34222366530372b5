package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.FannedOutChannel.Recipient;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Recipients who are told together: what leaves, and is settled, under one lease.
 *
 * @param upTo where the slice's cursor goes once it is settled
 * @param attempts how often a recipient was tried before; those who are missing, never
 * @param inDoubt whom an earlier attempt may have reached
 */
public record Page(
        OpenDispatch dispatch,
        Lease lease,
        long upTo,
        List<Recipient> recipients,
        Map<Long, Integer> attempts,
        Set<Long> inDoubt) {

    Ref ref() {
        return dispatch.ref();
    }

    List<Long> keys() {
        return recipients.stream().map(Recipient::key).toList();
    }

    int attemptsOf(long key) {
        return attempts.getOrDefault(key, 0);
    }

    boolean isInDoubt(long key) {
        return inDoubt.contains(key);
    }
}
