package fr.tambour.people.internal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a sign-in to the studio lasts.
 *
 * @param idle without a request, e.g. `12h`
 * @param longest whatever happens, e.g. `7d`
 */
@ConfigurationProperties("tambour.sign-in")
public record SignInSettings(
        @DefaultValue("12h") Duration idle,
        @DefaultValue("7d") Duration longest) {}
