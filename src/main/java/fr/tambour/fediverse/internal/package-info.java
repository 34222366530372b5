@NullMarked
package fr.tambour.fediverse.internal;

import org.jspecify.annotations.NullMarked;
