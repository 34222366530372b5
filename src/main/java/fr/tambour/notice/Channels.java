package fr.tambour.notice;

import java.util.List;
import java.util.SortedSet;

/** The channels there are, as a notice sees them. */
public interface Channels {

    /** In their order. */
    List<RenditionDeriver> all();

    /** What a notice of this kind goes out over unless somebody says otherwise. */
    SortedSet<String> defaults(Kind kind);

    /** The channels over which an exercise of an alert goes. */
    SortedSet<String> ofExercise();

    /** The draft as each chosen channel would show it, in every complete language. */
    List<Rendition> of(DraftView draft);
}
