package fr.tambour.phone.site;

/** Where a phone is subscribed. */
public final class PhonePaths {

    public static final String SUBSCRIBE = "/prevenir";

    /** The same page for the desk's own phones, with the choice of exercises marked. */
    public static final String DESK = SUBSCRIBE + "/exercices";

    /** What the site is as an app. */
    static final String MANIFEST = "/manifest.webmanifest";

    static final String WORKER = "/sw.js";

    private PhonePaths() {}
}
