/**
 * What the operator of an installation needs: health, doctor, commands beside a running instance, backup and restore.
 * Knows the modules whose state it tells; only the desk knows it.
 */
@ApplicationModule(allowedDependencies = {"storage", "keys", "audit"})
@NullMarked
package fr.tambour.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
