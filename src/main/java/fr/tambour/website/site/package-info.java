@NullMarked
package fr.tambour.website.site;

import org.jspecify.annotations.NullMarked;
