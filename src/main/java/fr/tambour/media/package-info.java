/** Pictures and files: decode safely, strip, derive, keep by content hash. */
@ApplicationModule(allowedDependencies = {"storage", "text", "ui"})
@NullMarked
package fr.tambour.media;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
