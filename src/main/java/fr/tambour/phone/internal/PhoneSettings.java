package fr.tambour.phone.internal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Phones that ask to be told.
 *
 * @param unknownOrigins how many phones of a town may have a push service that no browser brings (UnifiedPush); each is an
 *     address that a stranger chose
 * @param oneOrigin how many phones of a town whose push service no browser brings may be of one domain, the last two parts
 *     of a host's name, so that one stranger's hosts do not take everybody's places
 * @param months how many months a phone is kept that never opens the site; some services answer success for phones that are
 *     no more
 * @param prepared for how many devices two keys are made ready while nothing is sent, each taking about 350 bytes of memory
 *     and nothing of any disk; those of the towns that were there first come first, and what is sent to the others takes many
 *     times as long to encrypt; 0 makes none ready
 */
@ConfigurationProperties("tambour.phones")
public record PhoneSettings(
        @DefaultValue("500") int unknownOrigins,
        @DefaultValue("200") int oneOrigin,
        @DefaultValue("12") int months,
        @DefaultValue("200000") int prepared) {}
