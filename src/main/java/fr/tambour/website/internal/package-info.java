@NullMarked
package fr.tambour.website.internal;

import org.jspecify.annotations.NullMarked;
