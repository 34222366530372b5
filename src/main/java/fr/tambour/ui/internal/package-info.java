@NullMarked
package fr.tambour.ui.internal;

import org.jspecify.annotations.NullMarked;
