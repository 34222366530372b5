package fr.tambour.mail.internal;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The mail server.
 *
 * @param url `smtp://USER:PASSWORD@HOST:587` (STARTTLS, demanded as soon as there is a password) or
 *     `smtps://USER:PASSWORD@HOST:465`; special characters in user and password percent-encoded; empty means that no
 *     mail is sent
 * @param from sender of all messages: `mairie@clairval.example` or `Mairie de Clairval <mairie@clairval.example>`
 */
@ConfigurationProperties("tambour.mail")
public record MailSettings(@Nullable String url, @Nullable String from) {

    static final MailSettings NONE = new MailSettings(null, null);

    boolean configured() {
        return url != null && !url.isBlank();
    }

    /** Without the URL, which may hold a password. */
    @Override
    public String toString() {
        return "MailSettings[" + (configured() ? "from=" + from : "none") + "]";
    }
}
