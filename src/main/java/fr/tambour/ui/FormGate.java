package fr.tambour.ui;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says before the first byte of a form is read whether the rest is worth reading. A module that takes forms has one for
 * its places; a form for which no gate opens reaches its place empty, and is answered as everybody is who may not send it
 * there.
 */
public interface FormGate {

    /** Whether the form comes to a place of this module from somebody who may bring one there. Asked with every form. */
    boolean opens(Form form);

    /**
     * What is known of a form that has not been read.
     *
     * @param host as in the Host header, without port
     * @param path decoded
     * @param withFiles it may be large (multipart)
     * @param authorization the header field of that name
     * @param cookies by name
     */
    record Form(
            String host,
            String path,
            boolean withFiles,
            @Nullable String authorization,
            Map<String, String> cookies) {

        public Form {
            cookies = Map.copyOf(cookies);
        }
    }
}
