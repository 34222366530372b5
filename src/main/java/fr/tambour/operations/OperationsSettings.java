package fr.tambour.operations;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Tambour is reached, by readers and by whoever looks after it.
 *
 * @param port TCP port of the sites, the studio and the API; with TLS it speaks HTTPS
 * @param proxy true behind a reverse proxy of yours that sets `X-Forwarded-For` and `X-Forwarded-Proto`; only then are they believed, since a
 *     visitor could write them as well
 * @param management the local port
 * @param tls certificate and key, where Tambour itself speaks HTTPS
 * @param demo true starts a plausible, invented town, marked as such on every page; it refuses a data folder that holds a real one
 */
@ConfigurationProperties("tambour")
public record OperationsSettings(
        @DefaultValue("8080") int port,
        @DefaultValue("false") boolean proxy,
        @DefaultValue Management management,
        @DefaultValue Tls tls,
        @DefaultValue("false") boolean demo) {

    /**
     * @param port TCP port for health, metrics and the commands of `bin/tambour`; 0 takes any free one
     * @param address address it listens on; beyond this machine only on a network where everybody may read health and metrics
     */
    public record Management(
            @DefaultValue("8081") int port,
            @DefaultValue("127.0.0.1") String address) {}

    /**
     * @param certificate PEM file with the certificate and its chain; empty means plain HTTP, behind a proxy or for trying out
     * @param key PEM file with its private key; both files are read anew when they change
     */
    public record Tls(@Nullable Path certificate, @Nullable Path key) {}
}
