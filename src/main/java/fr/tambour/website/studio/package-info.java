@NullMarked
package fr.tambour.website.studio;

import org.jspecify.annotations.NullMarked;
