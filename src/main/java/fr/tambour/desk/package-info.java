/**
 * Set-up, a town's settings and the studio's home: the one room that composes others. Nobody knows it.
 */
@ApplicationModule(
        allowedDependencies = {
            "town",
            "people",
            "notice",
            "audit",
            "operations",
            "keys",
            "media",
            "storage",
            "text",
            "ui"
        })
@NullMarked
package fr.tambour.desk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
