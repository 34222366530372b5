/**
 * One master key file in the data folder; wraps every secret that must be stored and derives the keys of every MAC.
 * Ground: knows only the storage room, whose `instance` table remembers which key belongs to the database.
 */
@ApplicationModule(allowedDependencies = "storage")
@NullMarked
package fr.tambour.keys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
