/**
 * The test ground: both engines, a clock one can move, the whole application in process, a real browser. Nothing here
 * is a component; what starts it names it.
 */
@NullMarked
package fr.tambour.testing;

import org.jspecify.annotations.NullMarked;
