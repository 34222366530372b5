package fr.tambour.media.internal;

import fr.tambour.media.Picture;
import fr.tambour.storage.Millis;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which town has which picture, and who uses it. */
@Repository
class JdbcPictures {

    private static final String COLUMNS = "hash, width, height, media_type, widths, blurhash";

    /** By the index `media_picture_hash`, whichever town it is. */
    static final String ANYBODYS = "SELECT 1 FROM media_picture WHERE hash = :hash LIMIT 1";

    private final JdbcClient jdbc;

    JdbcPictures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    void add(long town, Picture picture, Instant at) {
        jdbc.sql("""
                        INSERT INTO media_picture
                          (town_id, hash, width, height, media_type, widths, blurhash, added_at)
                        VALUES (:town, :hash, :width, :height, :type, :widths, :blurhash, :at)
                        ON CONFLICT (town_id, hash) DO UPDATE SET added_at = :at, blurhash = :blurhash
                        """)
                .param("town", town)
                .param("hash", picture.hash())
                .param("width", picture.width())
                .param("height", picture.height())
                .param("type", picture.mediaType())
                .param("widths", picture.widths().stream().map(String::valueOf).collect(Collectors.joining(",")))
                .param("blurhash", picture.blurhash())
                .param("at", Millis.of(at))
                .update();
    }

    @Transactional(readOnly = true)
    Optional<Picture> find(long town, String hash) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM media_picture WHERE town_id = :town AND hash = :hash")
                .param("town", town)
                .param("hash", hash)
                .query(JdbcPictures::picture)
                .optional();
    }

    @Transactional(readOnly = true)
    List<Picture> find(long town, Collection<String> hashes) {
        return hashes.isEmpty()
                ? List.of()
                : jdbc.sql("SELECT " + COLUMNS + " FROM media_picture WHERE town_id = :town AND hash IN (:hashes)")
                        .param("town", town)
                        .param("hashes", Set.copyOf(hashes))
                        .query(JdbcPictures::picture)
                        .list();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void claim(long town, String claimant, Collection<String> hashes) {
        jdbc.sql("DELETE FROM media_claim WHERE town_id = :town AND claimant = :claimant")
                .param("town", town)
                .param("claimant", claimant)
                .update();
        hashes.stream()
                .distinct()
                .forEach(hash -> jdbc.sql(
                                "INSERT INTO media_claim (town_id, claimant, hash) VALUES (:town, :claimant, :hash)")
                        .param("town", town)
                        .param("claimant", claimant)
                        .param("hash", hash)
                        .update());
    }

    /** Forgets pictures that were added before {@code before} and that nobody claims; returns them. */
    @Transactional
    List<Picture> forgetUnclaimed(Instant before) {
        return jdbc.sql("""
                        DELETE FROM media_picture WHERE added_at < :before AND NOT EXISTS (
                          SELECT 1 FROM media_claim c
                          WHERE c.town_id = media_picture.town_id AND c.hash = media_picture.hash)
                        RETURNING hash, width, height, media_type, widths, blurhash
                        """)
                .param("before", Millis.of(before))
                .query(JdbcPictures::picture)
                .list();
    }

    /** Some of the pictures of which nobody has tried yet to say what they look like from far. */
    @Transactional(readOnly = true)
    List<Picture> unblurred(int most) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM media_picture WHERE blurhash IS NULL ORDER BY hash LIMIT :most")
                .param("most", most)
                .query(JdbcPictures::picture)
                .list();
    }

    /** @param blurhashes by hash, whichever towns have the picture; empty where none can be made */
    @Transactional
    void blurred(Map<String, String> blurhashes) {
        blurhashes.forEach((hash, blurhash) -> jdbc.sql(
                        "UPDATE media_picture SET blurhash = :blurhash WHERE hash = :hash AND blurhash IS NULL")
                .param("blurhash", blurhash)
                .param("hash", hash)
                .update());
    }

    /** Whether any town still has a picture of this name. */
    @Transactional(readOnly = true)
    boolean anybodyHas(String hash) {
        return !jdbc.sql(ANYBODYS)
                .param("hash", hash)
                .query(Integer.class)
                .list()
                .isEmpty();
    }

    private static Picture picture(ResultSet row, int number) throws SQLException {
        return new Picture(
                row.getString("hash"),
                row.getInt("width"),
                row.getInt("height"),
                row.getString("media_type"),
                Arrays.stream(row.getString("widths").split(","))
                        .map(Integer::valueOf)
                        .toList(),
                Objects.requireNonNullElse(row.getString("blurhash"), ""));
    }
}
