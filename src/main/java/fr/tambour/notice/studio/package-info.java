/** The staff pages of a notice: its list, the writing table, the reading page of whoever approves, the emergency in the hand. */
@NullMarked
package fr.tambour.notice.studio;

import org.jspecify.annotations.NullMarked;
