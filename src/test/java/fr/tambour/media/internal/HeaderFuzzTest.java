package fr.tambour.media.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** Whatever the bytes: a header, or an {@link IOException}; no more memory than the file has; an orientation from 1 to 8. */
@Tag("fuzz")
class HeaderFuzzTest {

    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] bytes) {
        Optional<Format> format = Format.of(bytes);
        if (format.isEmpty()) {
            assertThat(Format.looksLikeSvg(bytes) && Format.looksLikeHeic(bytes)).isFalse();
            return;
        }
        try {
            Header header = Header.of(format.get(), bytes);
            assertThat(header.pixels().length).isLessThanOrEqualTo(bytes.length);
            assertThat(header.exif().length).isLessThanOrEqualTo(Header.EXIF_BYTES);
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining(Arrays.toString(bytes));
        }
    }

    @FuzzTest
    void anyExifHasAnOrientation(byte[] exif) {
        assertThat(Decoder.orientation(exif)).isBetween(1, 8);
    }
}
