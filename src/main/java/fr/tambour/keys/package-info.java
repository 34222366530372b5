/**
 * One master key file in the data folder, from which the key of every MAC is derived.
 * Ground: knows only the storage room, whose `instance` table remembers which key belongs to the database.
 */
@ApplicationModule(allowedDependencies = "storage")
@NullMarked
package fr.tambour.keys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
