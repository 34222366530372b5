/** A notice on its way, as the desk sees it: how far it is over each channel, and what may be done about it. */
@NullMarked
package fr.tambour.dispatch.studio;

import org.jspecify.annotations.NullMarked;
