/**
 * Who did what, in an order and a wording that cannot be changed unnoticed. Knows person ids only: names lie in people,
 * so that erasing one keeps the chain.
 */
@ApplicationModule(allowedDependencies = {"keys", "storage"})
@NullMarked
package fr.tambour.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
