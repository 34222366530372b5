package fr.tambour.phone.site;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A QR code (ISO/IEC 18004) as a drawing.
 *
 * @param size modules on a side, the quiet zone of four included
 * @param bars the dark modules, those beside each other as one
 */
public record QrCode(int size, List<Bar> bars) {

    static final int QUIET = 4;

    /** One module high. */
    public record Bar(int x, int y, int width) {}

    public QrCode {
        bars = List.copyOf(bars);
    }

    /** Error correction Q: a quarter of it may be torn or stained. */
    public static QrCode of(String text) {
        try {
            ByteMatrix modules = Encoder.encode(text, ErrorCorrectionLevel.Q).getMatrix();
            List<Bar> bars = new ArrayList<>();
            for (int y = 0; y < modules.getHeight(); y++) {
                for (int x = 0; x < modules.getWidth(); x++) {
                    int begin = x;
                    while (x < modules.getWidth() && modules.get(x, y) == 1) {
                        x++;
                    }
                    if (x > begin) {
                        bars.add(new Bar(begin + QUIET, y + QUIET, x - begin));
                    }
                }
            }
            return new QrCode(modules.getWidth() + 2 * QUIET, bars);
        } catch (WriterException e) {
            throw new IllegalStateException("The address of a town fits into a QR code", e);
        }
    }

    /** Of SVG, one module to the unit. */
    public String path() {
        return bars.stream()
                .map(bar -> "M" + bar.x() + " " + bar.y() + "h" + bar.width() + "v1h-" + bar.width() + "z")
                .collect(Collectors.joining());
    }
}
