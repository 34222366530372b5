package fr.tambour.phone.site;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * A QR code (ISO/IEC 18004) as a drawing.
 *
 * @param size modules on a side, the quiet zone of four included
 * @param path of SVG, one module to the unit
 */
public record QrCode(int size, String path) {

    private static final int QUIET = 4;

    /** Error correction Q: a quarter of it may be torn or stained. */
    public static QrCode of(String text) {
        try {
            ByteMatrix modules = Encoder.encode(text, ErrorCorrectionLevel.Q).getMatrix();
            StringBuilder path = new StringBuilder();
            for (int y = 0; y < modules.getHeight(); y++) {
                for (int x = 0; x < modules.getWidth(); x++) {
                    int begin = x;
                    while (x < modules.getWidth() && modules.get(x, y) == 1) {
                        x++;
                    }
                    if (x > begin) {
                        path.append('M').append(begin + QUIET).append(' ').append(y + QUIET);
                        path.append('h')
                                .append(x - begin)
                                .append("v1h")
                                .append(begin - x)
                                .append('z');
                    }
                }
            }
            return new QrCode(modules.getWidth() + 2 * QUIET, path.toString());
        } catch (WriterException e) {
            throw new IllegalStateException("The address of a town fits into a QR code", e);
        }
    }
}
