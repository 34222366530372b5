/**
 * Both databases: pools, dialect, time and id types, migrations, a consistent snapshot. Ground: knows no other room.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package fr.tambour.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
