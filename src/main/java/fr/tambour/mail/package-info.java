/**
 * One message out over SMTP, where a mail server is set. Ground: knows only the storage room, for how
 * a server is named in a setting.
 */
@ApplicationModule(allowedDependencies = "storage")
@NullMarked
package fr.tambour.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
