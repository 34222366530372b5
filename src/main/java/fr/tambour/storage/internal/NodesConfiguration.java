package fr.tambour.storage.internal;

import fr.tambour.storage.Database;
import fr.tambour.storage.OtherNodes;
import fr.tambour.storage.StorageSettings;
import java.util.function.LongConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class NodesConfiguration {

    @Bean
    OtherNodes otherNodes(Database database, Pools pools, StorageSettings settings) {
        return database.isPostgres() ? new PostgresNodes(pools.writer(), settings.database()) : new NoOtherNodes();
    }

    private static final class NoOtherNodes implements OtherNodes {

        @Override
        public void watch(String unless, Runnable look) {}

        @Override
        public void listen(LongConsumer heard) {}

        @Override
        public void tell(long town) {}
    }
}
