package fr.tambour.phone.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * While nothing is sent, makes what the next messages to all devices will need: at a start, after many were told, and now
 * and then, since another node may know new ones; a single device's as soon as it is new or was told. Nothing of it is kept:
 * after a stop all is made again.
 */
@Component
class KeyPreparer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(KeyPreparer.class);

    /** Until then a start has enough to do. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    /** How soon it is noticed that there are many. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final Duration STOPPING = Duration.ofSeconds(5);

    private final PhoneSettings settings;
    private final PushTools tools;
    private final Unprepared unprepared;
    private final KeyPreparation preparation;
    private final boolean enabled;
    private volatile @Nullable Thread running;

    KeyPreparer(
            PhoneSettings settings,
            Devices devices,
            PreparedKeys prepared,
            Unprepared unprepared,
            PushTools tools,
            PushTraffic traffic,
            @Value("${tambour.timer.enabled:true}") boolean enabled) {
        this.settings = settings;
        this.tools = tools;
        this.unprepared = unprepared;
        this.enabled = enabled;
        this.preparation = new KeyPreparation(devices, prepared, tools, new Idleness(traffic));
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }

    @Override
    public synchronized void start() {
        if (running == null) {
            Thread started = Thread.ofPlatform()
                    .name("phone-keys")
                    .daemon()
                    .priority(Thread.MIN_PRIORITY)
                    .unstarted(this::run);
            running = started;
            started.start();
        }
    }

    private void run() {
        try {
            Thread.sleep(SETTLING);
            // Whose code encrypts is said at each start, whether or not there is a phone.
            tools.algorithms();
            while (settings.prepared() > 0 && isMine()) {
                prepare();
            }
        } catch (InterruptedException e) {
            LOG.debug("Stopped: what was prepared is made anew after the next start");
        }
    }

    private boolean isMine() {
        return running == Thread.currentThread();
    }

    private void prepare() throws InterruptedException {
        try {
            unprepared.clear();
            preparation.prepareAll();
            long done = System.nanoTime();
            while (!unprepared.areTooMany() && System.nanoTime() - done < EVERY.toNanos()) {
                PushEndpoint device = unprepared.next(LOOK);
                if (device != null) {
                    preparation.prepareOne(device);
                }
            }
        } catch (RuntimeException e) {
            if (!isMine()) {
                throw new InterruptedException();
            }
            LOG.warn(
                    "No keys are prepared for a minute: until then messages to phones take longer to encrypt ({})",
                    e.toString());
            Thread.sleep(AFTER_FAILURE);
        }
    }

    @Override
    public synchronized void stop() {
        Thread stopping = running;
        running = null;
        if (stopping != null) {
            stopping.interrupt();
            try {
                stopping.join(STOPPING);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
