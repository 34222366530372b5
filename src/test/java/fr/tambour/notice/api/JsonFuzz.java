package fr.tambour.notice.api;

import fr.tambour.ui.Refusal;

/** Any body at all is what the address takes, or is refused by name. */
public final class JsonFuzz {

    private static final ApiJson JSON = new ApiJson();

    private JsonFuzz() {}

    public static void read(byte[] body) {
        try {
            JSON.read(body, Requests.NoticeCreation.class);
        } catch (Refusal refused) {
            // By name.
        }
    }
}
