@NullMarked
package fr.tambour.conversation.site;

import org.jspecify.annotations.NullMarked;
