package fr.tambour.media;

import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pictures of the towns. What a town has added, no other town finds, even with the hash.
 *
 * <p>A picture that nobody claims goes after seven days: whoever uses one registers a claim.
 */
public interface Media {

    /**
     * Takes in a picture: JPEG, PNG or WebP, told by its content, up to {@value Limits#BYTES} bytes and {@value
     * Limits#PIXELS} pixels (half of them in a lossless or transparent WebP, which is decoded whole). It is turned upright and written anew, so that nothing else that was in the file (the place
     * it was taken, a thumbnail, a program) is kept. The same picture twice is one; of an animation the first picture is
     * kept. It takes seconds: not within a transaction.
     *
     * @param originalName as the person calls it; only for messages
     * @throws fr.tambour.ui.Refusal 400 {@code media.cut-off}; 413 {@code media.too-large}; 415 {@code media.not-a-picture}, {@code media.svg},
     *     {@code media.heic}; 422 {@code media.broken}, {@code media.too-many-pixels}, {@code
     *     media.takes-too-long}; 503 {@code media.busy}, {@code
     *     media.not-writable}; 507 {@code media.disk-full}
     */
    Picture add(long townId, InputStream in, String originalName);

    Optional<Picture> find(long townId, String hash);

    /** Those of these pictures that the town has, by hash. */
    Map<String, Picture> find(long townId, Collection<String> hashes);

    /**
     * The stored size that suits {@code width}: the narrowest that is at least as wide, else the widest. Empty if the town
     * does not have the picture, or its file is gone.
     */
    Optional<StoredRendition> rendition(long townId, String hash, int width);

    /** That size of each of these pictures that the town has, by hash. */
    Map<String, StoredRendition> renditions(long townId, Collection<String> hashes, int width);

    /**
     * Keeps these pictures, and lets go of all others that this claimant had claimed. In the caller's transaction.
     *
     * @param claimant who uses them: {@code notice/123}
     * @throws org.springframework.transaction.IllegalTransactionStateException outside of a transaction
     * @throws org.springframework.dao.DataIntegrityViolationException if the town does not have one of them
     */
    void claim(long townId, String claimant, Collection<String> hashes);

    /**
     * Lets go of all that this claimant had claimed. In the caller's transaction.
     *
     * @throws org.springframework.transaction.IllegalTransactionStateException outside of a transaction
     */
    default void release(long townId, String claimant) {
        claim(townId, claimant, List.of());
    }

    /** What a picture may weigh. */
    final class Limits {

        /** 20 MB. */
        public static final int BYTES = 20_000_000;

        /** 50 megapixels. */
        public static final int PIXELS = 50_000_000;

        private Limits() {}
    }
}
