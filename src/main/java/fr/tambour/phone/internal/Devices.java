package fr.tambour.phone.internal;

import java.util.Iterator;
import java.util.List;

/** Which devices will be told something, for the keys that are prepared while nothing is sent. */
public interface Devices {

    /**
     * All of them of all towns, page by page; nothing is held open between two pages, which may lie minutes apart.
     *
     * @param size of a page at most
     */
    Iterator<List<PushEndpoint>> pages(int size);
}
