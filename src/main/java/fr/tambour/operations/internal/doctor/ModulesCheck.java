package fr.tambour.operations.internal.doctor;

import fr.tambour.town.Town;
import fr.tambour.town.TownCheck;
import fr.tambour.town.Towns;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What other modules look at for each town; only where Tambour runs, for they ask others what leads to it. */
@Component
@Order(6)
class ModulesCheck implements Check {

    private final List<TownCheck> checks;
    private final Towns towns;
    private final TransactionTemplate read;
    private final boolean running;

    ModulesCheck(
            List<TownCheck> checks, Towns towns, PlatformTransactionManager transactions, ApplicationContext context) {
        this.checks = List.copyOf(checks);
        this.towns = towns;
        this.read = new TransactionTemplate(transactions);
        this.read.setReadOnly(true);
        this.running = context instanceof WebServerApplicationContext;
    }

    @Override
    public List<Finding> look() {
        if (!running) {
            return List.of();
        }
        List<Town> all = Objects.requireNonNull(read.execute(status -> towns.all()));
        return all.stream()
                .flatMap(town -> checks.stream().flatMap(check -> check.look(town).stream()))
                .map(seen -> new Finding(seen.well() ? Weight.WELL : Weight.WRONG, seen.key(), seen.arguments()))
                .toList();
    }
}
