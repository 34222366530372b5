package fr.tambour.operations.internal;

import java.util.Optional;

/** To whom backups are encrypted: the public half of the confirmed recovery key, `age1…`. */
public interface RecoveryRecipient {

    Optional<String> get();
}
