package fr.tambour.media.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.ui.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that a decoder would make much of: refused for what they announce, before one sees them. */
class PictureBombsTest {

    private static final int COMMENT = 0xFE;

    @ParameterizedTest
    @ValueSource(ints = {0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
    void aLosslessHierarchicalOrArithmeticJpegIsRefused(int frame) {
        refused(jpeg(7071, frame, 1, new byte[0]));
    }

    @Test
    void aLosslessFrameBehindAnotherOrWithinWhatNobodyKnowsIsRefused() {
        byte[] lossless = segment(0xC3, frame(7071));
        byte[] progressive = jpeg(64, 0xC2, 1, new byte[0]);
        refused(inserted(progressive, lossless));
        refused(inserted(progressive, segment(0x02, lossless)));
        refused(inserted(progressive, new byte[] {(byte) 0xFF, (byte) 0xD0}));
    }

    @Test
    void aJpegMayHaveSixtyFourScansAndNoMore() {
        assertThat(decoded(jpeg(64, 0xC2, 64, new byte[0]))).isEqualTo(64);
        refused(jpeg(64, 0xC2, 65, new byte[0]));
        refused(jpeg(64, 0xC2, 1_500, new byte[0]));
    }

    @Test
    void whatLooksLikeAScanInACommentOrBehindTheEndIsNone() {
        ByteArrayOutputStream scans = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            scans.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xDA, 0, 2});
        }
        byte[] commented = jpeg(64, 0xC2, 3, segment(COMMENT, scans.toByteArray()));
        assertThat(decoded(commented)).isEqualTo(64);
        assertThat(decoded(joined(commented, scans.toByteArray()))).isEqualTo(64);
    }

    @Test
    void aLosslessWebpMayHaveAsManyGroupsOfCodesAsEncodersMake() {
        assertThat(decoded(webp(chunk("VP8L", lossless(bits -> {}, 3))))).isEqualTo(4);
        assertThat(announced(webp(chunk("VP8L", lossless(bits -> {}, LosslessStream.MOST_GROUPS))))
                        .header()
                        .width())
                .isEqualTo(4);
        refused(webp(chunk("VP8L", lossless(bits -> {}, LosslessStream.MOST_GROUPS + 1))));
        refused(webp(chunk("VP8L", lossless(bits -> {}, 65_536))));
    }

    @Test
    void theGroupsAreCountedBehindWhateverTransforms() {
        Consumer<Bits> transforms = bits -> {
            bits.put(1, 1).put(0, 2).put(0, 3).picture(0, 0);
            bits.put(1, 1).put(1, 2).put(2, 3).picture(0, 0);
            bits.put(1, 1).put(2, 2);
            bits.put(1, 1).put(3, 2).put(7, 8).picture(9, 1);
        };
        assertThat(decoded(webp(chunk("VP8L", lossless(transforms, 3))))).isEqualTo(4);
        refused(webp(chunk("VP8L", lossless(transforms, 65_536))));
    }

    @Test
    void theGroupsOfTransparencyAndOfTheFirstFrameCountToo() {
        byte[] bomb = lossless(bits -> {}, 65_536);
        byte[] alpha = new byte[bomb.length - 4];
        System.arraycopy(bomb, 5, alpha, 1, bomb.length - 5);
        alpha[0] = 1;
        byte[] canvas = chunk("VP8X", new byte[] {0x10, 0, 0, 0, 3, 0, 0, 3, 0, 0});
        refused(webp(joined(canvas, chunk("ALPH", alpha))));
        byte[] animated = chunk("VP8X", new byte[] {0x12, 0, 0, 0, 3, 0, 0, 3, 0, 0});
        byte[] place = {0, 0, 0, 0, 0, 0, 3, 0, 0, 3, 0, 0, 0, 0, 0, 0};
        assertThat(decoded(webp(joined(
                        animated, chunk("ANMF", joined(place, chunk("VP8L", lossless(bits -> {}, 3))))))))
                .isEqualTo(4);
        refused(webp(joined(animated, chunk("ANMF", joined(place, chunk("VP8L", bomb))))));
    }

    /** Each is a picture of its own in memory, of a few bits in the file. */
    @Test
    void theSameTransformTwiceIsRefused() {
        refused(webp(chunk(
                "VP8L",
                lossless(
                        bits -> {
                            for (int i = 0; i < 1_000; i++) {
                                bits.put(1, 1).put(0, 2).put(0, 3).picture(0, 0);
                            }
                        },
                        1))));
    }

    @Test
    void whatReadersWouldDecodeOverAndOverOrInAnotherSizeIsRefused() {
        byte[] picture = chunk("VP8L", lossless(bits -> {}, 1));
        byte[] canvas = chunk("VP8X", new byte[] {0x10, 0, 0, 0, 3, 0, 0, 3, 0, 0});
        byte[] larger = chunk("VP8X", new byte[] {0x10, 0, 0, 0, 7, 0, 0, 7, 0, 0});
        assertThat(decoded(webp(joined(canvas, picture)))).isEqualTo(4);
        refused(webp(joined(canvas, joined(picture, picture))));
        refused(webp(joined(larger, picture)));
    }

    private static Decoder.Announced announced(byte[] file) {
        return Decoder.announced(file, "photo");
    }

    private static int decoded(byte[] file) {
        return Decoder.decode(announced(file), () -> false).getWidth();
    }

    private static void refused(byte[] file) {
        assertThatThrownBy(() -> announced(file))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("media.broken"));
    }

    /** Grey all over: the first scan says so, every further one says that nothing changes. */
    private static byte[] jpeg(int side, int frame, int scans, byte[] between) {
        byte[] ones = new byte[65];
        Arrays.fill(ones, 1, 65, (byte) 1);
        byte[] nothing = new byte[(side / 8 * side / 8 + 7) / 8];
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8});
        file.writeBytes(segment(0xDB, ones));
        file.writeBytes(segment(frame, frame(side)));
        file.writeBytes(segment(0xC4, table(0x00)));
        file.writeBytes(segment(0xC4, table(0x10)));
        for (int scan = 0; scan < scans; scan++) {
            boolean first = scan == 0;
            byte rise = (byte) (scan == 1 ? 0x01 : first ? 0 : 0x10);
            file.writeBytes(segment(0xDA, new byte[] {1, 1, 0, (byte) (first ? 0 : 1), (byte) (first ? 0 : 63), rise}));
            file.writeBytes(nothing);
            file.writeBytes(between);
        }
        file.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD9});
        return file.toByteArray();
    }

    private static byte[] frame(int side) {
        return ByteBuffer.allocate(9)
                .put((byte) 8)
                .putShort((short) side)
                .putShort((short) side)
                .put(new byte[] {1, 1, 0x11, 0})
                .array();
    }

    /** One symbol, 0, whose code is a single zero. */
    private static byte[] table(int place) {
        byte[] table = new byte[18];
        table[0] = (byte) place;
        table[1] = 1;
        return table;
    }

    private static byte[] segment(int marker, byte[] body) {
        return ByteBuffer.allocate(body.length + 4)
                .putShort((short) (0xFF00 | marker))
                .putShort((short) (body.length + 2))
                .put(body)
                .array();
    }

    /** Behind the start of the picture. */
    private static byte[] inserted(byte[] jpeg, byte[] segment) {
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + segment.length);
        return file.put(jpeg, 0, 2).put(segment).put(jpeg, 2, jpeg.length - 2).array();
    }

    /** Four by four pixels of one colour; {@code groups} are announced, up to ten of them are there. */
    private static byte[] lossless(Consumer<Bits> transforms, int groups) {
        Bits bits = new Bits();
        bits.put(0x2F, 8).put(3, 14).put(3, 14).put(0, 1).put(0, 3);
        transforms.accept(bits);
        bits.none();
        bits.put(0, 1);
        bits.put(1, 1).put(0, 3).picture(groups - 1 & 0xFF, groups - 1 >> 8);
        for (int group = 0; group < Math.min(groups, 10); group++) {
            bits.codes(0, 0);
        }
        return bits.put(0, 32).bytes();
    }

    private static byte[] chunk(String name, byte[] body) {
        return ByteBuffer.allocate(8 + body.length + (body.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(body.length)
                .put(body)
                .array();
    }

    private static byte[] webp(byte[] chunks) {
        return chunk("RIFF", joined("WEBP".getBytes(StandardCharsets.US_ASCII), chunks));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    /** The least significant first. */
    private static final class Bits {

        private final BitSet bits = new BitSet();
        private int length;

        Bits put(int value, int count) {
            for (int bit = 0; bit < count; bit++) {
                bits.set(length++, bit < 31 && (value >> bit & 1) == 1);
            }
            return this;
        }

        /** No transform, or none any more. */
        void none() {
            put(0, 1);
        }

        /** A picture of one colour within the stream, without a cache of colours. */
        void picture(int green, int red) {
            put(0, 1);
            codes(green, red);
        }

        void codes(int green, int red) {
            for (int symbol : new int[] {green, red, 0, 0, 0}) {
                put(1, 1).put(0, 1).put(1, 1).put(symbol, 8);
            }
        }

        byte[] bytes() {
            byte[] bytes = new byte[(length + 7) / 8];
            byte[] set = bits.toByteArray();
            System.arraycopy(set, 0, bytes, 0, set.length);
            return bytes;
        }
    }
}
