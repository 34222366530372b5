@NullMarked
package fr.tambour.phone.studio;

import org.jspecify.annotations.NullMarked;
