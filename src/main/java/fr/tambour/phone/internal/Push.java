package fr.tambour.phone.internal;

import java.util.function.Consumer;

/** Encrypts and sends (RFC 8030, 8188, 8291, 8292). */
public interface Push {

    /**
     * @param vapid which key signs (RFC 8292): that of the town
     * @param answer told once, on a thread that must not be held up
     */
    void send(VapidKey vapid, PushEndpoint endpoint, PushMessage message, Consumer<PushAnswer> answer);
}
