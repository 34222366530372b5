@NullMarked
package fr.tambour.phone.internal;

import org.jspecify.annotations.NullMarked;
