/**
 * The town's site: what is published, as pages anyone can read, print, share and find; a channel whose showing needs no
 * sending. Serves the pictures of published notices.
 */
@ApplicationModule(
        allowedDependencies = {"dispatch", "live", "notice", "people", "audit", "media", "text", "town", "storage", "ui"
        })
@NullMarked
package fr.tambour.website;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
