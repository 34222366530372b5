/**
 * Notices for programs: `/api/v1`, the same services as the studio under the same rules. Its words are its own, so that
 * the domain may change without breaking anybody's program; its reference is generated from it.
 */
@NullMarked
package fr.tambour.notice.api;

import org.jspecify.annotations.NullMarked;
