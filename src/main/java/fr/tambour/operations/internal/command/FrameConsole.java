package fr.tambour.operations.internal.command;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The running instance's side of a console: everything becomes frames. */
final class FrameConsole implements Console {

    private final DataOutputStream out;
    private final Locale locale;
    private final String secret;

    FrameConsole(DataOutputStream out, Locale locale, String secret) {
        this.out = out;
        this.locale = locale;
        this.secret = secret;
    }

    @Override
    public Locale locale() {
        return locale;
    }

    @Override
    public void say(String line) {
        send(Frames.Kind.SAY, line);
    }

    @Override
    public void complain(String line) {
        send(Frames.Kind.COMPLAIN, line);
    }

    @Override
    public String secret() {
        return secret;
    }

    @Override
    public OutputFile file(String path) throws IOException {
        Frames.write(out, Frames.Kind.FILE, path);
        return new RemoteFile();
    }

    void exit(int status) {
        send(Frames.Kind.EXIT, Integer.toString(status));
    }

    private void send(Frames.Kind kind, String text) {
        try {
            Frames.write(out, kind, text);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class RemoteFile extends OutputFile {

        private boolean kept;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int at = 0; at < length; at += Frames.LONGEST) {
                Frames.write(out, Frames.Kind.BYTES, bytes, offset + at, Math.min(Frames.LONGEST, length - at));
            }
        }

        @Override
        public void keep() {
            kept = true;
            send(Frames.Kind.KEEP, "");
        }

        @Override
        public void close() {
            if (!kept) {
                send(Frames.Kind.DROP, "");
            }
        }
    }
}
