package fr.tambour.website.internal;

import java.util.Arrays;
import java.util.Optional;

/** A place on the site for a town's own words. */
public enum OwnPage {
    ABOUT("about", "/a-propos"),
    ACCESSIBILITY("accessibility", "/accessibilite"),
    LEGAL("legal", "/mentions-legales"),
    /** One section of the legal notice: who hosts the site (loi du 21 juin 2004, art. 1-1). */
    HOSTING("hosting", "/mentions-legales"),
    PRIVACY("privacy", "/donnees-personnelles");

    private final String key;
    private final String path;

    OwnPage(String key, String path) {
        this.key = key;
        this.path = path;
    }

    /** As it is stored, and in message keys. */
    public String key() {
        return key;
    }

    /** Where it is read. */
    public String path() {
        return path;
    }

    public static Optional<OwnPage> ofKey(String key) {
        return Arrays.stream(values()).filter(page -> page.key.equals(key)).findFirst();
    }
}
