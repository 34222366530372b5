/**
 * Whose notices these are: towns, their hosts, districts, themes and colours. Finds the town a request is for; knows no
 * person and no notice.
 */
@ApplicationModule(allowedDependencies = {"storage", "text", "media", "ui"})
@NullMarked
package fr.tambour.town;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
