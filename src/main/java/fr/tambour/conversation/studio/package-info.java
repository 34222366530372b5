@NullMarked
package fr.tambour.conversation.studio;

import org.jspecify.annotations.NullMarked;
