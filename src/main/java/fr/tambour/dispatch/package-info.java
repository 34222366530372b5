/**
 * The engine: what goes out over which channel, durably, and the timer that publishes and ends what is due. Knows the
 * notice's steps, not the channels.
 */
@ApplicationModule(allowedDependencies = {"live", "notice", "people", "town", "audit", "text", "storage", "ui"})
@NullMarked
package fr.tambour.dispatch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
