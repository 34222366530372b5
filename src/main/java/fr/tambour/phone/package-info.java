/**
 * Phones without an account, a name or a number: Web Push to whoever asked the site for it. A fanned-out channel; keeps an
 * endpoint, two keys, what was chosen, and the month.
 */
@ApplicationModule(
        allowedDependencies = {
            "dispatch",
            "live",
            "notice",
            "people",
            "town",
            "keys",
            "outbound",
            "text",
            "storage",
            "ui"
        })
@NullMarked
package fr.tambour.phone;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
