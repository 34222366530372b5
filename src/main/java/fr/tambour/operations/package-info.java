/**
 * What the operator of an installation needs: health, doctor, commands beside a running instance, backup and restore.
 * Knows the modules whose state it tells, and those of which a demonstration shows something; only the desk knows it.
 */
@ApplicationModule(
        allowedDependencies = {
            "notice",
            "dispatch",
            "conversation",
            "people",
            "town",
            "audit",
            "media",
            "keys",
            "text",
            "ui",
            "storage"
        })
@NullMarked
package fr.tambour.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
