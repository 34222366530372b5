/**
 * What people write: cleaned as it comes in, Markdown to safe HTML, French typography, counting, folding, slugs. Ground: knows
 * only how a refusal is said.
 */
@ApplicationModule(allowedDependencies = {"ui"})
@NullMarked
package fr.tambour.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
