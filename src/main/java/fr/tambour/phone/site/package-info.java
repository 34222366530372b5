@NullMarked
package fr.tambour.phone.site;

import org.jspecify.annotations.NullMarked;
