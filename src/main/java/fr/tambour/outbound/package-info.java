/**
 * The one guarded way to addresses that somebody else chose: public addresses only, checked at connect time on the address
 * really used, bounded in size and time.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package fr.tambour.outbound;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
