@NullMarked
package fr.tambour.conversation.internal;

import org.jspecify.annotations.NullMarked;
