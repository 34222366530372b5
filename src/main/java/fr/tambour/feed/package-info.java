/**
 * What programs read: RSS, Atom, JSON Feed and iCalendar, for everything and per kind, theme and district. A shown
 * channel: it reads the published notices when asked.
 */
@ApplicationModule(allowedDependencies = {"dispatch", "live", "notice", "town", "media", "text", "ui"})
@NullMarked
package fr.tambour.feed;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
