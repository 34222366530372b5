package fr.tambour.operations.internal.command;

import fr.tambour.storage.StorageSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Opens the door to commands once the instance is ready, and closes it when it stops. */
@Component
class OpenDoor {

    private static final Logger log = LoggerFactory.getLogger(OpenDoor.class);

    private final Path data;
    private final Environment environment;
    private final String secret = HexFormat.of().formatHex(random());

    OpenDoor(StorageSettings settings, Environment environment) {
        this.data = settings.data().toAbsolutePath().normalize();
        this.environment = environment;
    }

    @EventListener
    void open(ApplicationReadyEvent ready) throws IOException {
        Integer port = environment.getProperty("local.management.port", Integer.class);
        if (port == null) {
            log.info("No local port: commands wait until this process has stopped.");
            return;
        }
        new LocalDoor(port, secret, ProcessHandle.current().pid()).write(data);
    }

    @EventListener
    void close(ContextClosedEvent closed) throws IOException {
        // The local port has a context of its own, which closes with the same event.
        if (closed.getApplicationContext().getParent() == null) {
            Files.deleteIfExists(LocalDoor.file(data));
        }
    }

    boolean admits(String shown) {
        return MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
