/**
 * Who works here: people, what they may do in which town, how they get in (sign-in, invitations, tokens for programs).
 * `/studio` and `/api` are guarded here by path; what each page needs, its controller says with {@link Actor#require}.
 */
@ApplicationModule(allowedDependencies = {"town", "audit", "storage", "keys", "mail", "text", "ui"})
@NullMarked
package fr.tambour.people;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
