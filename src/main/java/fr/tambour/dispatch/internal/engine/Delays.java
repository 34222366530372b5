package fr.tambour.dispatch.internal.engine;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long acceptances took, from the opening of their dispatch on: milliseconds, to two digits, in constant space. What is
 * only read and written back is never unpacked: of each page that begins, all unfinished slices are read.
 */
public final class Delays {

    /** None. */
    public static final Delays NONE = new Delays("", new Histogram(2));

    /** Null until it is asked for. */
    private final @Nullable String text;

    /** Null until they are asked for. */
    private volatile @Nullable Histogram counts;

    private Delays(@Nullable String text, @Nullable Histogram counts) {
        this.text = text;
        this.counts = counts;
    }

    /** @param text as {@link #text} writes it: what is none is said when it is asked for */
    public static Delays of(String text) {
        return text.isEmpty() ? NONE : new Delays(text, null);
    }

    /** Nobody changes it. */
    private Histogram counts() {
        Histogram known = counts;
        if (known == null) {
            known = unpacked(Objects.requireNonNull(text));
            counts = known;
        }
        return known;
    }

    private static Histogram unpacked(String text) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("These are no delays", e);
        }
    }

    public String text() {
        return text == null ? packed(counts()) : text;
    }

    private static String packed(Histogram counts) {
        if (counts.getTotalCount() == 0) {
            return "";
        }
        ByteBuffer bytes = ByteBuffer.allocate(counts.getNeededByteBufferCapacity());
        int length = counts.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }

    public Delays plus(Delays more) {
        if (more.count() == 0) {
            return this;
        }
        Histogram sum = counts().copy();
        sum.setAutoResize(true);
        sum.add(more.counts());
        return new Delays(null, sum);
    }

    public long count() {
        return counts().getTotalCount();
    }

    /** @param share of all, in percent: 50 is the median */
    public Duration percentile(double share) {
        return Duration.ofMillis(counts().getValueAtPercentile(share));
    }

    /** Collects those of a page. */
    public static final class Collected {

        private final Histogram counts = new Histogram(2);

        public void add(Duration delay) {
            counts.recordValue(Math.max(0, delay.toMillis()));
        }

        public Delays delays() {
            return new Delays(null, counts);
        }
    }
}
