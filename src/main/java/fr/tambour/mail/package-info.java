/** One message out over SMTP, where a mail server is set. Ground: knows no other room. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package fr.tambour.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
