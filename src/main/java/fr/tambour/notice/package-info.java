/**
 * The heart: a notice and its life, from the first draft to its end. Knows no channel; says what it needs from above
 * through {@link fr.tambour.notice.NoticeCheck}, {@link fr.tambour.notice.RenditionDeriver} and
 * {@link fr.tambour.notice.NoticeStep}.
 */
@ApplicationModule(allowedDependencies = {"people", "town", "audit", "keys", "storage", "media", "mail", "text", "ui"})
@NullMarked
package fr.tambour.notice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
