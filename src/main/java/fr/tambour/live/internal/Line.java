package fr.tambour.live.internal;

import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;

/** What carries an open page's stream. None of it waits for the other side. */
interface Line {

    /** One at a time. */
    void write(ByteBuffer bytes, Callback written);

    /** In order: all was said, and has left. */
    void end();

    /** The other side does not take what is sent. */
    void leave();

    /** Nothing can be said any more. */
    void fail(Throwable cause);
}
