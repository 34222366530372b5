@NullMarked
package fr.tambour.fediverse.studio;

import org.jspecify.annotations.NullMarked;
