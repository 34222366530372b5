package fr.tambour.conversation.internal;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.people.PersonId;
import java.time.Instant;

/**
 * Of whom nothing is taken in.
 *
 * @param name an identifier, or a host
 * @param shown as the desk reads it
 */
public record Block(long id, Scope scope, String name, String shown, Instant at, PersonId by) {}
