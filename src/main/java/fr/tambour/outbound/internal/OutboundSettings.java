package fr.tambour.outbound.internal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may be called where somebody else chose the address.
 *
 * @param loopback true lets push services and the like stand on this very machine and on any port, for tests and for
 *     trying out; never where strangers subscribe
 * @param ca PEM file with certificates that are trusted beside the public authorities', for a push service of one's own
 */
@ConfigurationProperties("tambour.outbound")
public record OutboundSettings(
        @DefaultValue("false") boolean loopback, @Nullable Path ca) {}
