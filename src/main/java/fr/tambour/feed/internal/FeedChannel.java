package fr.tambour.feed.internal;

import fr.tambour.dispatch.ShownChannel;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Kind;
import fr.tambour.notice.RenditionDeriver;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Feeds and calendars as a channel: what a feed reader shows of a notice is its title and its summary. */
@Component
public class FeedChannel implements ShownChannel, RenditionDeriver {

    public static final String NAME = "feed";

    private static final int AFTER_WEBSITE = 20;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String channel() {
        return NAME;
    }

    @Override
    public int order() {
        return AFTER_WEBSITE;
    }

    @Override
    public boolean byDefault(Kind kind) {
        return true;
    }

    @Override
    public boolean always() {
        return false;
    }

    /** Whoever reads a feed has not agreed to exercises. */
    @Override
    public boolean exercises() {
        return false;
    }

    @Override
    public List<String> fields() {
        return List.of("title", "summary");
    }

    @Override
    public Map<String, String> derive(DraftView draft, String language) {
        Words words = draft.content().in(language);
        return Map.of("title", words.title(), "summary", words.summary());
    }
}
