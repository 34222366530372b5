/**
 * What is open right now: one event stream per open page, from a bounded log by the town's counter, and hot pages served from
 * memory. Knows the notice's steps, no channel.
 */
@ApplicationModule(allowedDependencies = {"notice", "town", "storage", "ui"})
@NullMarked
package fr.tambour.live;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
