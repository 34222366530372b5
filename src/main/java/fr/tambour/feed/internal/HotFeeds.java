package fr.tambour.feed.internal;

import fr.tambour.live.HotResource;
import org.springframework.stereotype.Component;

/** Feeds and calendars: programs ask for them all the time, and mostly nothing has changed. */
@Component
class HotFeeds implements HotResource {

    @Override
    public boolean at(String path) {
        return path.equals("/agenda.ics") || path.equals("/flux") || path.startsWith("/flux/");
    }
}
