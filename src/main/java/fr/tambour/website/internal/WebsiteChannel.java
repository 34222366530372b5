package fr.tambour.website.internal;

import fr.tambour.dispatch.ShownChannel;
import fr.tambour.notice.Content;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Kind;
import fr.tambour.notice.RenditionDeriver;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The site as a way out: it shows every notice, whole, as it was written. */
@Component
public class WebsiteChannel implements ShownChannel, RenditionDeriver {

    public static final String NAME = "website";

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
        return 10;
    }

    @Override
    public boolean byDefault(Kind kind) {
        return true;
    }

    @Override
    public boolean always() {
        return true;
    }

    /** On its own page, for those who were told. */
    @Override
    public boolean exercises() {
        return true;
    }

    @Override
    public List<String> fields() {
        return List.of("title", "summary", "body");
    }

    @Override
    public Map<String, String> derive(DraftView draft, String language) {
        Content.Words words = draft.content().in(language);
        return Map.of("title", words.title(), "summary", words.summary(), "body", words.body());
    }
}
