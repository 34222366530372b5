package fr.tambour.phone.internal;

import fr.tambour.phone.internal.Phones.Waiting;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Words;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pushes to a phone what it has to give back: once to whoever only asks, time and again to one that was told before it moved,
 * whom a push that was lost, or that came while it was away, would cost what it chose.
 */
@Component
public class TokenPush {

    /** How long after it was asked a phone is asked again; from then on after twice as long, and once a day at least. */
    static final Duration AGAIN = Duration.ofMinutes(10);

    private static final Duration DAILY = Duration.ofDays(1);

    /** At once. */
    private static final int MOST = 500;

    /** What is pushed again takes the place of what still waits at the service, and of what shows. */
    private static final String TOPIC = "prevenir";

    private final Phones phones;
    private final EndpointNames names;
    private final Towns towns;
    private final VapidKeys vapid;
    private final ObjectProvider<Push> push;
    private final Words words;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    TokenPush(
            Phones phones,
            EndpointNames names,
            Towns towns,
            VapidKeys vapid,
            ObjectProvider<Push> push,
            Words words,
            PlatformTransactionManager transactions) {
        this.phones = phones;
        this.names = names;
        this.towns = towns;
        this.vapid = vapid;
        this.push = push;
        this.words = words;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** Those whose time has come. */
    public void askAgain(Instant now) {
        Objects.requireNonNull(reading.execute(status -> phones.waiting(now, MOST)))
                .forEach(waiting -> towns.byId(waiting.town()).ifPresent(town -> askAgain(town, waiting, now)));
    }

    private void askAgain(Town town, Waiting waiting, Instant now) {
        PushEndpoint endpoint = waiting.phone().endpoint();
        String token = names.token(names.of(endpoint.address().toString()), waiting.since());
        Duration asked = Duration.between(waiting.since(), now);
        Instant next = now.plus(between(AGAIN, asked, DAILY));
        boolean mine =
                Boolean.TRUE.equals(writing.execute(status -> phones.waits(waiting, names.ofToken(token), next)));
        Duration left = Subscriptions.MOVED.minus(asked);
        if (mine && left.isPositive()) {
            send(town, endpoint, token, waiting.phone().language(), Duration.ofSeconds(left.toSeconds()));
        }
    }

    private static Duration between(Duration least, Duration wanted, Duration most) {
        return wanted.compareTo(least) < 0 ? least : wanted.compareTo(most) > 0 ? most : wanted;
    }

    /**
     * It says what is left to be done, and carries the words for when it is: nobody knows yet whether it will be.
     *
     * @param waits how long it may be given back
     */
    void send(Town town, PushEndpoint endpoint, String token, String language, Duration waits) {
        Words said = words.in(Locale.forLanguageTag(language));
        ObjectNode message = JsonMapper.shared().createObjectNode();
        message.put("web_push", 8030);
        ObjectNode shown = message.putObject("notification");
        shown.put("title", said.get("phone.push.confirm", town.name()));
        shown.put("lang", said.lang());
        shown.put("dir", "ltr");
        shown.put("body", said.get("phone.push.confirm.text"));
        shown.put("navigate", town.url((language.equals(town.language()) ? "" : "/" + language) + "/prevenir"));
        shown.put("tag", TOPIC);
        shown.put("silent", true);
        ObjectNode data = shown.putObject("data");
        data.put("confirm", token);
        data.putObject("done")
                .put("title", said.get("phone.push.welcome", town.name()))
                .put("body", said.get("phone.push.welcome.text"));
        message.put("mutable", true);
        PushMessage welcome = new PushMessage(
                message.toString().getBytes(StandardCharsets.UTF_8), waits, PushMessage.Urgency.NORMAL, TOPIC, null);
        // Whatever becomes of it: who does not give the token back is forgotten within the hour, or asked again.
        push.ifAvailable(service -> service.send(vapid.of(town), endpoint, welcome, answer -> {}));
    }
}
