package fr.tambour.ui;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says before the first byte of a form, or of whatever else is sent, is read whether the rest is worth reading. A module
 * that takes something has one for its places; what no gate opens for reaches its place empty, and is answered as
 * everybody is who may not send it there.
 */
public interface FormGate {

    /** Whether it comes to a place of this module from somebody who may bring one there. Asked with every body. */
    boolean opens(Form form);

    /** What is sent. */
    enum Kind {
        /** A form of texts: small. */
        FIELDS,

        /** A form with files (multipart): it may be large. */
        FILES,

        /** No form: JSON, or anything else. */
        OTHER
    }

    /**
     * What is known of a form that has not been read.
     *
     * @param host as in the Host header, without port
     * @param path decoded
     * @param authorization the header field of that name
     * @param cookies by name
     */
    record Form(
            String host, String path, Kind kind, @Nullable String authorization, Map<String, String> cookies) {

        public Form {
            cookies = Map.copyOf(cookies);
        }
    }
}
