@NullMarked
package fr.tambour.live.studio;

import org.jspecify.annotations.NullMarked;
