package fr.tambour.media.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;

/** Whatever the bytes: a header, or an {@link IOException}; no more memory than the file has; an orientation from 1 to 8. */
public final class PictureFuzz {

    private PictureFuzz() {}

    public static void read(byte[] bytes) {
        Optional<Format> format = Format.of(bytes);
        if (format.isEmpty()) {
            assertThat(Format.looksLikeSvg(bytes) && Format.looksLikeHeic(bytes))
                    .isFalse();
            return;
        }
        try {
            Header header = Header.of(format.get(), bytes);
            assertThat(header.pixels().length).isLessThanOrEqualTo(bytes.length);
            assertThat(Decoder.orientation(header.exif())).isBetween(1, 8);
        } catch (IOException e) {
            // Refused as broken.
        }
    }
}
