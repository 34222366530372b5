package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Audience.Dropped;
import fr.tambour.dispatch.internal.engine.Policy;
import fr.tambour.storage.Database;
import fr.tambour.storage.Millis;
import fr.tambour.town.Districts;
import fr.tambour.town.Listed;
import fr.tambour.town.Themes;
import fr.tambour.town.Towns;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class DispatchConfiguration {

    /** PostgreSQL's own, where several nodes may disagree about the time; of SQLite there is one node. */
    @Bean
    BooksClock booksClock(Database database, JdbcClient jdbc, Clock clock) {
        return database.isPostgres()
                ? () -> Millis.toInstant(jdbc.sql("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)")
                        .query(Long.class)
                        .single())
                : () -> clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Bean
    Policy policy(FannedOutChannels channels) {
        return Policy.STANDARD.with(name -> channels.get(name).retrying());
    }

    @Bean
    TownClocks townClocks(Towns towns) {
        return town -> towns.get(town).zone();
    }

    @Bean
    TownLists townLists(Themes themes, Districts districts) {
        return town -> new Dropped(dropped(themes.ever(town)), dropped(districts.ever(town)));
    }

    private static Set<Long> dropped(List<? extends Listed> ever) {
        return ever.stream().filter(entry -> !entry.active()).map(Listed::id).collect(Collectors.toUnmodifiableSet());
    }
}
