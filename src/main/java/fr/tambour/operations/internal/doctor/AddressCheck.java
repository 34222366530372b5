package fr.tambour.operations.internal.doctor;

import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does each town answer where it says it is? Asked from here, through whatever proxy stands in front; only where Tambour
 * runs, for nobody else would answer.
 */
@Component
@Order(5)
class AddressCheck implements Check {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** RFC 9110 §15.5.20: what Tambour answers for a host that is no town's. */
    private static final int MISDIRECTED = 421;

    static final String ASKED_FOR = "/robots.txt";

    private final Towns towns;
    private final Countersign countersign;
    private final TransactionTemplate read;
    private final boolean running;

    AddressCheck(
            Towns towns, Countersign countersign, PlatformTransactionManager transactions, ApplicationContext context) {
        this.towns = towns;
        this.countersign = countersign;
        this.read = new TransactionTemplate(transactions);
        this.read.setReadOnly(true);
        this.running = context instanceof WebServerApplicationContext;
    }

    @Override
    public List<Finding> look() {
        if (!running) {
            return List.of(Finding.advice("not-running"));
        }
        List<Town> all = read.execute(status -> towns.all());
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()) {
            return all.stream().map(town -> ask(client, town)).toList();
        }
    }

    private Finding ask(HttpClient client, Town town) {
        if (town.baseUrl().getHost().endsWith(".localhost")) {
            // Browsers lead such names to this machine (RFC 6761 §6.3), Java asks the machine, which may not know them.
            return Finding.advice("address-local", town.fullName(), town.baseUrl());
        }
        String word = UUID.randomUUID().toString();
        // With the word in the address as well, so that no cache answers with what it heard before.
        HttpRequest request = HttpRequest.newBuilder(URI.create(town.url(ASKED_FOR + "?" + word)))
                .timeout(PATIENCE)
                .header(Countersign.ASKED, word)
                .build();
        try {
            HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
            // An older Tambour has no countersign, nor has what is no Tambour: of those nothing is said.
            if (answer.headers()
                    .firstValue(Countersign.ANSWERED)
                    .filter(heard -> !heard.equals(countersign.of(word)))
                    .isPresent()) {
                return Finding.wrong("address-another", town.fullName(), town.baseUrl());
            }
            int status = answer.statusCode();
            if (status == MISDIRECTED) {
                return Finding.wrong("address-misdirected", town.fullName(), town.baseUrl());
            }
            return status < 400
                    ? Finding.well("address", town.fullName(), town.baseUrl())
                    : Finding.wrong("address-answers", town.fullName(), town.baseUrl(), status);
        } catch (IOException e) {
            return Finding.wrong("address-silent", town.fullName(), town.baseUrl(), reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.wrong("address-silent", town.fullName(), town.baseUrl(), "-");
        }
    }

    /** The innermost words say most; a refused connection has none. */
    private static String reason(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .reduce((outer, inner) -> inner)
                .orElse(e.getClass().getSimpleName());
    }
}
