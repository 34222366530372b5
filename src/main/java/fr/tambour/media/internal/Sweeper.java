package fr.tambour.media.internal;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** Sweeps the shelf once an hour. What is left over is found the next time: nothing depends on it. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private final Shelf shelf;

    Sweeper(Shelf shelf) {
        this.shelf = shelf;
    }

    @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        try {
            shelf.sweep();
            shelf.blur();
        } catch (DataAccessException e) {
            LOG.warn("Unused pictures stay for another hour: {}", e.getMessage());
        }
    }
}
