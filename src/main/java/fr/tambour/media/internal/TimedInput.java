package fr.tambour.media.internal;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of a file for as long as its reading may take. Readers hear {@code abort()} only between lines, and a
 * progressive JPEG has none before its last scan is read: but all of them stop where they get no more bytes.
 */
final class TimedInput extends ImageInputStreamImpl {

    /** Some readers ask for a few bytes at a time: the clock is not asked each time. */
    private static final int FEW = 512;

    private static final int CALLS_UNASKED = 256;

    private final byte[] bytes;
    private final BooleanSupplier over;
    private int calls;
    private boolean stopped;

    TimedInput(byte[] bytes, BooleanSupplier over) {
        this.bytes = bytes;
        this.over = over;
    }

    /** Whether the time was over before the reader had everything it asked for. */
    boolean stopped() {
        return stopped;
    }

    @Override
    public int read() throws IOException {
        goOn(1);
        bitOffset = 0;
        return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        goOn(length);
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (streamPos >= bytes.length) {
            return -1;
        }
        int read = (int) Math.min(length, bytes.length - streamPos);
        System.arraycopy(bytes, (int) streamPos, into, offset, read);
        streamPos += read;
        return read;
    }

    private void goOn(int wanted) throws IOException {
        if (!stopped && (wanted >= FEW || calls++ % CALLS_UNASKED == 0)) {
            stopped = over.getAsBoolean();
        }
        if (stopped) {
            throw new IOException("Reading takes too long");
        }
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
