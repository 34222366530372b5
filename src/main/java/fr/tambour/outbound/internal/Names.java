package fr.tambour.outbound.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Which addresses a name has. */
interface Names {

    /** All of them, best first; may take long. */
    InetAddress[] of(String host) throws UnknownHostException;
}
