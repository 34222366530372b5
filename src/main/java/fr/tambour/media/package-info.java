/**
 * Pictures: decoded safely, stripped of everything but what they show, derived in sizes, kept by content hash per town.
 * Serves nothing to the public itself.
 */
@ApplicationModule(allowedDependencies = {"storage", "ui"})
@NullMarked
package fr.tambour.media;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
