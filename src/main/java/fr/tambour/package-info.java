/** The application itself; each package below is a module with a room of its own. */
@NullMarked
package fr.tambour;

import org.jspecify.annotations.NullMarked;
