@NullMarked
package fr.tambour.fediverse.site;

import org.jspecify.annotations.NullMarked;
