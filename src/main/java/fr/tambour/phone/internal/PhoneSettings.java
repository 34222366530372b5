package fr.tambour.phone.internal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Phones that ask to be told.
 *
 * @param unknownOrigins how many phones of a town may have a push service that no browser brings (UnifiedPush); each is an
 *     address that a stranger chose
 * @param months how many months a phone is kept that never opens the site; some services answer success for phones that are
 *     no more
 * @param loopback true takes push services on this machine, without TLS: for tests only
 */
@ConfigurationProperties("tambour.phones")
public record PhoneSettings(
        @DefaultValue("500") int unknownOrigins,
        @DefaultValue("12") int months,
        @DefaultValue("false") boolean loopback) {}
