package fr.tambour.operations.internal.command;

import fr.tambour.storage.StorageSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Opens the door to commands once the instance is ready, and closes it when it stops. */
@Component
class OpenDoor implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger log = LoggerFactory.getLogger(OpenDoor.class);

    private final Path data;
    private final Environment environment;
    private final String secret = HexFormat.of().formatHex(random());

    OpenDoor(StorageSettings settings, Environment environment) {
        this.data = settings.data().toAbsolutePath().normalize();
        this.environment = environment;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        Integer port = environment.getProperty("local.management.port", Integer.class);
        if (port == null) {
            log.info("No local port: commands wait until this process has stopped.");
            return;
        }
        ready.getApplicationContext()
                .addApplicationListener(GenericApplicationListener.forEventType(ContextClosedEvent.class, this::close));
        try {
            new LocalDoor(port, secret, ProcessHandle.current().pid()).write(data);
        } catch (IOException e) {
            throw new UncheckedIOException("Commands find no way to this process", e);
        }
    }

    private void close(ContextClosedEvent closed) {
        // The local port has a context of its own, which closes with the same event.
        if (closed.getApplicationContext().getParent() == null) {
            try {
                Files.deleteIfExists(LocalDoor.file(data));
            } catch (IOException e) {
                log.warn("The way for commands stays open though nobody listens: {}", e.getMessage());
            }
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
