/**
 * How every page looks and speaks: frame, components, design tokens, messages, Content-Security-Policy, error pages. Knows no feature: what modules
 * hand to the frame is declared here in plain values, and one that fails is left out and logged.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package fr.tambour.ui;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
