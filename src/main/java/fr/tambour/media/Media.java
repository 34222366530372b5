package fr.tambour.media;

import java.io.InputStream;
import java.util.Optional;

/** Pictures by content hash, per town. */
public interface Media {

    Picture add(long townId, InputStream in, String originalName);

    Optional<Picture> find(long townId, String hash);

    Optional<StoredRendition> rendition(long townId, String hash, int width);
}
