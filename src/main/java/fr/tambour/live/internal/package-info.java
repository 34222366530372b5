@NullMarked
package fr.tambour.live.internal;

import org.jspecify.annotations.NullMarked;
