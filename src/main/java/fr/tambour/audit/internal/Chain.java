package fr.tambour.audit.internal;

import fr.tambour.keys.Keys;
import fr.tambour.keys.MacKey;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/**
 * How one entry is bound to the one before it: HMAC-SHA256 over an encoding in which no two different entries look alike
 * (fixed-width numbers, each text preceded by its length).
 */
@Component
class Chain {

    private static final byte ENCODING = 1;

    private final MacKey key;

    Chain(Keys keys) {
        this.key = keys.mac("audit.chain");
    }

    /** The MAC of a row that stands after {@code previous}. */
    String mac(String previous, Row row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(ENCODING);
            out.write(HexFormat.of().parseHex(previous));
            out.writeLong(row.number());
            out.writeLong(row.at());
            out.writeLong(row.townId());
            out.writeLong(row.personId());
            text(out, row.action());
            text(out, row.subject());
            text(out, row.details());
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail", e);
        }
        return HexFormat.of().formatHex(key.sign(bytes.toByteArray()));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
