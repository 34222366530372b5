package fr.tambour.operations.internal.command;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A command's answer over the local port: frames of one kind byte, a four-byte length and as many bytes. The last one
 * is {@link Kind#EXIT}; an answer without it was cut short.
 */
final class Frames {

    static final int LONGEST = 1 << 20;

    private Frames() {}

    enum Kind {
        /** A line for standard output. */
        SAY,
        /** A line for standard error. */
        COMPLAIN,
        /** The path of the file that follows, one of the command's arguments. */
        FILE,
        /** Some of its bytes. */
        BYTES,
        /** It is whole. */
        KEEP,
        /** It is given up. */
        DROP,
        /** The exit status in decimal. */
        EXIT
    }

    record Frame(Kind kind, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    static void write(DataOutputStream out, Kind kind, byte[] bytes, int offset, int length) throws IOException {
        out.writeByte(kind.ordinal());
        out.writeInt(length);
        out.write(bytes, offset, length);
    }

    static void write(DataOutputStream out, Kind kind, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(out, kind, bytes, 0, bytes.length);
    }

    static Frame read(DataInputStream in) throws IOException {
        int kind = in.read();
        if (kind < 0) {
            throw new EOFException("The answer was cut short");
        }
        int length = in.readInt();
        if (kind >= Kind.values().length || length < 0 || length > LONGEST) {
            throw new IOException("That is not an answer of Tambour");
        }
        return new Frame(Kind.values()[kind], in.readNBytes(length));
    }
}
