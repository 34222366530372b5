/** The process dies amid the work, and what was acknowledged is there. */
@NullMarked
package fr.tambour.kill;

import org.jspecify.annotations.NullMarked;
