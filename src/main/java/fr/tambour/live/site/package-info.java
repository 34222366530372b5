@NullMarked
package fr.tambour.live.site;

import org.jspecify.annotations.NullMarked;
