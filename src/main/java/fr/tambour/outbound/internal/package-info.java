@NullMarked
package fr.tambour.outbound.internal;

import org.jspecify.annotations.NullMarked;
