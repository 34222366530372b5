package fr.tambour.desk.internal;

import fr.tambour.town.Towns;
import fr.tambour.ui.Words;
import java.io.PrintStream;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/** As long as there is no town, each start prints one line with the link to set-up. */
@Component
class SetupLinkPrinter implements ApplicationListener<ApplicationReadyEvent> {

    private final Towns towns;
    private final SetupLink link;
    private final Words words;

    SetupLinkPrinter(Towns towns, SetupLink link, Words words) {
        this.towns = towns;
        this.link = link;
        this.words = words;
    }

    /** Not by the log: who turns it down must still see the link. */
    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        if (ready.getApplicationContext() instanceof WebServerApplicationContext context
                && context.getWebServer() != null
                && towns.all().isEmpty()) {
            boolean tls = Boolean.parseBoolean(context.getEnvironment().getProperty("server.ssl.enabled", "false"))
                    || context.getEnvironment().containsProperty("server.ssl.bundle");
            print(
                    System.out,
                    (tls ? "https" : "http") + "://localhost:"
                            + context.getWebServer().getPort());
        }
    }

    private void print(PrintStream console, String base) {
        console.println(words.get("desk.setup.ready", base + "/mise-en-place/" + link.renew()));
        console.flush();
    }
}
