package fr.tambour.ui;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** How to answer like any other page of ours where no servlet has seen the request. */
public interface Edge {

    /** Our own handlers around the servlets are put there in this order; a smaller one comes further in. */
    int ORDER = 0;

    /**
     * Request attribute: what is asked for is made for many who wait for it, and whoever asked first does not hold the thread
     * until it is read. It waits for no address's turn, which may be that of somebody who has used up theirs.
     */
    String FOR_MANY = "fr.tambour.ui.forMany";

    /** Name and value of what is said on every answer. */
    Map<String, String> fields();

    /** Writes an answer whole, and leaves whoever does not take it. */
    void write(Request request, Response response, ByteBuffer bytes, Callback callback);

    /** Refuses with a page, or a problem (RFC 9457) where a program asked; it is made beforehand. */
    void refuse(Request request, Response response, Callback callback, int status);
}
