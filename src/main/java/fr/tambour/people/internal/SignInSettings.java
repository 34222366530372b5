package fr.tambour.people.internal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a sign-in to the studio lasts.
 *
 * @param idle how long a sign-in lasts without a request, a duration like `12h`; where computers are shared, choose less
 * @param longest how long a sign-in lasts whatever happens, a duration like `7d`; then the password is asked for again
 */
@ConfigurationProperties("tambour.sign-in")
public record SignInSettings(
        @DefaultValue("12h") Duration idle,
        @DefaultValue("7d") Duration longest) {}
