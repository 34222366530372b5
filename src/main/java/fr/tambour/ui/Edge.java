package fr.tambour.ui;

import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** How to answer like any other page of ours where no servlet has seen the request. */
public interface Edge {

    /** Our own handlers around the servlets are put there in this order; a smaller one comes further in. */
    int ORDER = 0;

    /** Name and value of what is said on every answer. */
    Map<String, String> fields();

    /** Refuses with a page, or a problem (RFC 9457) where a program asked; it is made beforehand. */
    void refuse(Request request, Response response, Callback callback, int status);
}
