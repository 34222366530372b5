/**
 * The town's own account, which anybody in the fediverse can follow and repost: ActivityPub, WebFinger, NodeInfo. A
 * fanned-out channel; its recipients are the inboxes of other servers, once each, however many follow there.
 */
@ApplicationModule(
        allowedDependencies = {
            "conversation",
            "dispatch",
            "live",
            "people",
            "audit",
            "notice",
            "town",
            "keys",
            "outbound",
            "media",
            "text",
            "storage",
            "ui"
        })
@NullMarked
package fr.tambour.fediverse;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
