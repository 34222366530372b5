/**
 * What residents answer, whatever channel brings it: read, assigned, answered, moderated. Knows no channel; one hands in what
 * came ({@code Incoming}) and carries what the town answers ({@code AnswerCarrier}).
 */
@ApplicationModule(allowedDependencies = {"notice", "live", "people", "town", "audit", "storage", "text", "ui"})
@NullMarked
package fr.tambour.conversation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
