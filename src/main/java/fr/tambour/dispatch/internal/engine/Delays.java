package fr.tambour.dispatch.internal.engine;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** How long acceptances took, from the opening of their dispatch on: milliseconds, to two digits, in constant space. */
public final class Delays {

    /** None. */
    public static final Delays NONE = new Delays(new Histogram(2));

    private final Histogram counts;

    private Delays(Histogram counts) {
        this.counts = counts;
    }

    /** @param text as {@link #text} writes it */
    public static Delays of(String text) {
        try {
            return text.isEmpty()
                    ? NONE
                    : new Delays(Histogram.decodeFromCompressedByteBuffer(
                            ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0));
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("These are no delays", e);
        }
    }

    public String text() {
        if (counts.getTotalCount() == 0) {
            return "";
        }
        ByteBuffer bytes = ByteBuffer.allocate(counts.getNeededByteBufferCapacity());
        int length = counts.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }

    public Delays plus(Delays more) {
        if (more.counts.getTotalCount() == 0) {
            return this;
        }
        Histogram sum = counts.copy();
        sum.setAutoResize(true);
        sum.add(more.counts);
        return new Delays(sum);
    }

    public long count() {
        return counts.getTotalCount();
    }

    /** @param share of all, in percent: 50 is the median */
    public Duration percentile(double share) {
        return Duration.ofMillis(counts.getValueAtPercentile(share));
    }

    /** Collects those of a page. */
    public static final class Collected {

        private final Histogram counts = new Histogram(2);

        public void add(Duration delay) {
            counts.recordValue(Math.max(0, delay.toMillis()));
        }

        public Delays delays() {
            return new Delays(counts);
        }
    }
}
