package fr.tambour.media.internal;

import fr.tambour.media.Media;
import fr.tambour.media.Picture;
import fr.tambour.media.StoredRendition;
import fr.tambour.ui.Refusal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

@Service
class Shelf implements Media {

    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    /** How long a picture waits for somebody to use it. */
    static final Duration UNCLAIMED = Duration.ofDays(7);

    /** How long somebody waits for their turn before being asked to come again. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How long one picture may be read: the largest take seconds, and whoever waits must have their turn in time. */
    static final Duration READING = Duration.ofMinutes(1);

    private static final int LONGEST_NAME = 80;

    /** A second's work. */
    static final int BLURRED_AT_ONCE = 500;

    /** What {@link #name} makes. */
    private static final Pattern OURS = Pattern.compile("([0-9a-f]{64})-[0-9]+\\.(?:jpg|png)");

    private final JdbcPictures pictures;
    private final Blobs blobs;
    private final Clock clock;

    /** A large WebP takes half of the memory that there is: one picture after the other, and who waits holds nothing. */
    private final Semaphore turn = new Semaphore(1, true);

    /** Files belong to all towns that have the picture: none is written while another is thrown away. */
    private final Lock shelving = new ReentrantLock();

    Shelf(JdbcPictures pictures, Blobs blobs, Clock clock) {
        this.pictures = pictures;
        this.blobs = blobs;
        this.clock = clock;
    }

    @Override
    public Picture add(long townId, InputStream in, String originalName) {
        String name = called(originalName);
        takeTurn();
        try {
            Decoder.Announced announced = Decoder.announced(bounded(in, name), name);
            Instant end = clock.instant().plus(READING);
            return keep(townId, Decoder.decode(announced, () -> clock.instant().isAfter(end)));
        } finally {
            turn.release();
        }
    }

    /** The name alone, short enough for a sentence, without what nobody sees. */
    private static String called(String originalName) {
        String name = originalName
                .substring(Math.max(originalName.lastIndexOf('/'), originalName.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{C}", "")
                .strip();
        if (name.isEmpty()) {
            return "…";
        }
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private void takeTurn() {
        try {
            if (turn.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "media.busy");
    }

    private Picture keep(long townId, BufferedImage image) {
        boolean png = Sizes.transparent(image);
        Map<Integer, byte[]> sizes = Sizes.of(image, png);
        List<Integer> widths = new ArrayList<>(sizes.keySet());
        byte[] widest = sizes.get(widths.getLast());
        Picture picture = new Picture(
                hash(widest),
                widths.getLast(),
                Math.max(1, Math.round((float) image.getHeight() * widths.getLast() / image.getWidth())),
                png ? "image/png" : "image/jpeg",
                widths,
                Blur.of(sizes.get(widths.getFirst())));
        shelving.lock();
        try {
            keep(townId, picture, sizes);
        } finally {
            shelving.unlock();
        }
        return picture;
    }

    /** All sizes and the row that knows them, or nothing. Files that were there already are another town's too. */
    private void keep(long townId, Picture picture, Map<Integer, byte[]> sizes) {
        List<String> written = new ArrayList<>();
        boolean kept = false;
        try {
            for (Map.Entry<Integer, byte[]> size : sizes.entrySet()) {
                String name = name(picture, size.getKey());
                if (blobs.put(name, size.getValue())) {
                    written.add(name);
                }
            }
            pictures.add(townId, picture, clock.instant());
            kept = true;
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            if (!kept) {
                written.forEach(this::discard);
            }
        }
    }

    private Refusal unwritable(IOException cause) {
        LOG.error("A picture could not be written: it was refused, and nothing of it is left", cause);
        boolean full;
        try {
            full = blobs.full();
        } catch (IOException e) {
            full = false;
        }
        return full
                ? new Refusal(HttpStatus.INSUFFICIENT_STORAGE, "media.disk-full")
                : new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "media.not-writable");
    }

    private static byte[] bounded(InputStream in, String name) {
        try {
            byte[] bytes = in.readNBytes(Limits.BYTES + 1);
            if (bytes.length > Limits.BYTES) {
                throw new Refusal(HttpStatus.CONTENT_TOO_LARGE, "media.too-large", name, Limits.BYTES / 1_000_000);
            }
            return bytes;
        } catch (IOException e) {
            // Whoever was sending has gone.
            throw new Refusal(HttpStatus.BAD_REQUEST, "media.cut-off", name);
        }
    }

    private static String name(Picture picture, int width) {
        return picture.hash() + "-" + width + "." + picture.extension();
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public Optional<Picture> find(long townId, String hash) {
        return pictures.find(townId, hash);
    }

    @Override
    public Map<String, Picture> find(long townId, Collection<String> hashes) {
        return pictures.find(townId, hashes).stream().collect(Collectors.toMap(Picture::hash, picture -> picture));
    }

    @Override
    public Map<String, StoredRendition> renditions(long townId, Collection<String> hashes, int width) {
        Map<String, StoredRendition> stored = new HashMap<>();
        pictures.find(townId, hashes)
                .forEach(picture -> stored(picture, suiting(picture, width))
                        .ifPresent(rendition -> stored.put(picture.hash(), rendition)));
        return stored;
    }

    @Override
    public Optional<StoredRendition> rendition(long townId, String hash, int width) {
        return find(townId, hash).flatMap(picture -> stored(picture, suiting(picture, width)));
    }

    private static int suiting(Picture picture, int width) {
        return picture.widths().stream()
                .filter(stored -> stored >= width)
                .findFirst()
                .orElse(picture.widths().getLast());
    }

    private Optional<StoredRendition> stored(Picture picture, int width) {
        Path path = blobs.path(name(picture, width));
        try {
            return Files.exists(path)
                    ? Optional.of(new StoredRendition(
                            path,
                            width,
                            picture.heightAt(width),
                            Files.size(path),
                            picture.mediaType(),
                            picture.extension()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The picture " + path + " cannot be read", e);
        }
    }

    @Override
    public void claim(long townId, String claimant, Collection<String> hashes) {
        pictures.claim(townId, claimant, hashes);
    }

    /** Throws away what nobody has used for seven days, and files that no row knows: a crash came between the two. */
    void sweep() {
        shelving.lock();
        try {
            throwAway();
            throwAwayStrays();
        } finally {
            shelving.unlock();
        }
    }

    /**
     * Looks from far at pictures that were kept before anybody did: some each time, so that nothing waits for it. What cannot be
     * read is not tried again.
     */
    void blur() {
        Map<String, String> blurhashes = new HashMap<>();
        for (Picture picture : pictures.unblurred(BLURRED_AT_ONCE)) {
            if (!blurhashes.containsKey(picture.hash())) {
                blurhash(picture).ifPresent(blurhash -> blurhashes.put(picture.hash(), blurhash));
            }
        }
        pictures.blurred(blurhashes);
    }

    /** Nothing where its file is not here for now: a disk may be away. */
    private Optional<String> blurhash(Picture picture) {
        try {
            return Optional.of(Blur.of(
                    Files.readAllBytes(blobs.path(name(picture, picture.widths().getFirst())))));
        } catch (NoSuchFileException e) {
            LOG.warn("The file of picture {} is not here: it is looked for at the next sweep", picture.hash());
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "The picture {} cannot be read: it is shown without what it looks like from far",
                    picture.hash(),
                    e);
            return Optional.of("");
        }
    }

    private void throwAwayStrays() {
        try {
            blobs.olderThan(clock.instant().minus(UNCLAIMED)).stream()
                    .filter(name -> !belongs(name))
                    .forEach(this::discard);
        } catch (IOException e) {
            LOG.warn("Files without a picture could not be looked for: they take up space for another hour", e);
        }
    }

    private boolean belongs(String name) {
        Matcher picture = OURS.matcher(name);
        return picture.matches() && pictures.anybodyHas(picture.group(1));
    }

    private void throwAway() {
        for (Picture picture : pictures.forgetUnclaimed(clock.instant().minus(UNCLAIMED))) {
            if (!pictures.anybodyHas(picture.hash())) {
                picture.widths().forEach(width -> discard(name(picture, width)));
            }
        }
    }

    private void discard(String name) {
        try {
            blobs.delete(name);
        } catch (IOException e) {
            LOG.warn("The unused picture {} could not be deleted: it is tried again at the next sweep", name, e);
        }
    }
}
