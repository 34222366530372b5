package fr.tambour.phone.site;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import fr.tambour.testing.Browsers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The worker of a page in Chromium by DevTools, which push to it as a push service would and run code within it. */
final class ChromiumWorker implements AutoCloseable {

    private final String origin;
    private final BrowserContext context;
    private final Page page;
    private final CDPSession pageTools;
    private final CDPSession browserTools;
    private final String registration;
    private final String session;

    /** Of a window of its own that shows the home page of the site. */
    ChromiumWorker(Browsers browsers, URI site) {
        this.origin = site.toString().replaceFirst("/$", "");
        context = browsers.browser().newContext();
        context.grantPermissions(List.of("notifications"));
        page = context.newPage();
        page.navigate(site.toString());
        pageTools = context.newCDPSession(page);
        browserTools = browsers.browser().newBrowserCDPSession();
        AtomicReference<String> registered = new AtomicReference<>();
        pageTools.on(
                "ServiceWorker.workerRegistrationUpdated",
                event -> event.getAsJsonArray("registrations")
                        .forEach(one -> registered.set(
                                one.getAsJsonObject().get("registrationId").getAsString())));
        pageTools.send("ServiceWorker.enable");
        page.evaluate("navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)");
        page.waitForCondition(() -> registered.get() != null);
        registration = registered.get();
        session = attached();
        inside("""
                (() => {
                  // Nobody waits longer than there is need for.
                  Math.random = () => 0;
                  const show = registration.showNotification.bind(registration);
                  self.shown = 0;
                  self.work = [];
                  const waitUntil = ExtendableEvent.prototype.waitUntil;
                  ExtendableEvent.prototype.waitUntil = function (work) {
                    self.work.push(work);
                    waitUntil.call(this, work);
                  };
                  registration.showNotification = async (title, options) => {
                    self.asked = options;
                    await show(title, options);
                    self.shown += 1;
                  };
                })()
                """);
    }

    /** To the worker that was there last: each window has its own storage and so its own worker. */
    private String attached() {
        String target = null;
        for (JsonElement one : browserTools.send("Target.getTargets").getAsJsonArray("targetInfos")) {
            JsonObject info = one.getAsJsonObject();
            if (info.get("type").getAsString().equals("service_worker")
                    && info.get("url").getAsString().equals(origin + "/sw.js")) {
                target = info.get("targetId").getAsString();
            }
        }
        JsonObject attach = new JsonObject();
        attach.addProperty("targetId", Objects.requireNonNull(target, "no worker"));
        attach.addProperty("flatten", false);
        return browserTools
                .send("Target.attachToTarget", attach)
                .get("sessionId")
                .getAsString();
    }

    Page page() {
        return page;
    }

    /** As a push service delivers it, decrypted; shown by the end. */
    void push(String data) {
        int before = inside("self.shown").getAsInt();
        JsonObject message = new JsonObject();
        message.addProperty("origin", origin);
        message.addProperty("registrationId", registration);
        message.addProperty("data", data);
        pageTools.send("ServiceWorker.deliverPushMessage", message);
        boolean shown = inside("""
                (async () => {
                  for (let tries = 0; self.shown === %d && tries < 1000; tries += 1) await new Promise((soon) => setTimeout(soon, 20));
                  return self.shown > %d;
                })()
                """.formatted(before, before)).getAsBoolean();
        if (!shown) {
            throw new AssertionError("Nothing was shown of " + data);
        }
    }

    /** As {@link #push}, and all that follows from it is done by the end. */
    void told(String data) {
        dispatch("push.data = { json: () => (%s) };".formatted(data));
    }

    /** As Safari hands over what is declared: as the attributes of a notification, and without data. */
    void declared(String data) {
        dispatch("""
                push.data = null;
                push.notification = Object.create({
                  body: '', lang: '', dir: 'auto', tag: '', silent: null, requireInteraction: false, navigate: '', data: null,
                  ...(%s).notification,
                });
                """.formatted(data));
    }

    private void dispatch(String handOver) {
        inside("""
                (async () => {
                  const push = new Event('push');
                  %s
                  push.waitUntil = (work) => { push.work = work; };
                  dispatchEvent(push);
                  await push.work;
                })()
                """.formatted(handOver));
    }

    /** Paths of what is kept that is this notice, or names it. */
    String keptOf(String ref) {
        return inside("""
                (async () => {
                  const cache = await caches.open('tambour-pages');
                  const found = [];
                  for (const kept of await cache.keys()) {
                    const names = kept.url.includes('%1$s') || (await (await cache.match(kept)).text()).includes('%1$s');
                    if (names) found.push(new URL(kept.url).pathname);
                  }
                  return found.sort().join(' ');
                })()
                """.formatted(ref)).getAsString();
    }

    /** Pages that are opened have nothing kept beside them, as from the second one of a day on. */
    void keptToday() {
        inside("""
                (async () => {
                  const today = new Response(JSON.stringify(new Date().toISOString().slice(0, 10)));
                  await (await caches.open('tambour-telephone')).put('/garde', today);
                })()
                """);
    }

    /** All is done that it goes on with after it has answered a page. */
    void settles() {
        inside("Promise.allSettled(self.work).then(() => true)");
    }

    /** What comes of all that it asks the network from now on, as a JavaScript expression. */
    void answers(String answer) {
        inside("(() => { self.fetch = async () => (%s); })()".formatted(answer));
    }

    /** What its clock shows from now on. */
    void later(Duration ahead) {
        inside("(() => { const now = Date.now() + %d; Date.now = () => now; })()".formatted(ahead.toMillis()));
    }

    /** The value of a JavaScript expression within the worker, or of what it promises, as JSON. */
    JsonElement inside(String expression) {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("expression", expression);
        parameters.addProperty("awaitPromise", true);
        parameters.addProperty("returnByValue", true);
        JsonObject command = new JsonObject();
        command.addProperty("id", 1);
        command.addProperty("method", "Runtime.evaluate");
        command.add("params", parameters);
        JsonObject message = new JsonObject();
        message.addProperty("sessionId", session);
        message.addProperty("message", command.toString());
        AtomicReference<JsonObject> answer = new AtomicReference<>();
        Consumer<JsonObject> listening = event -> {
            JsonObject said =
                    JsonParser.parseString(event.get("message").getAsString()).getAsJsonObject();
            // Events have no number.
            if (event.get("sessionId").getAsString().equals(session) && said.has("id")) {
                answer.set(said);
            }
        };
        browserTools.on("Target.receivedMessageFromTarget", listening);
        browserTools.send("Target.sendMessageToTarget", message);
        page.waitForCondition(() -> answer.get() != null);
        browserTools.off("Target.receivedMessageFromTarget", listening);
        JsonObject result = answer.get().getAsJsonObject("result");
        if (result == null || result.has("exceptionDetails")) {
            throw new AssertionError(answer.get().toString());
        }
        return result.getAsJsonObject("result").get("value");
    }

    /**
     * What shows with this title. Asked once, after it was shown: whoever asks Chromium between the writing down of a
     * notification and its showing makes it forget that there is one.
     */
    Map<?, ?> shown(String title) {
        return (Map<?, ?>) Objects.requireNonNull(page.evaluate("""
                async (title) => {
                  const all = await (await navigator.serviceWorker.ready).getNotifications();
                  const found = all.find((one) => one.title === title);
                  return found
                    ? {
                        body: found.body, silent: found.silent, tag: found.tag, lang: found.lang, count: all.length,
                        kept: found.requireInteraction, at: found.data?.navigate,
                      }
                    : { instead: all.map((one) => one.title) };
                }
                """, title));
    }

    void closesAll() {
        page.evaluate("""
                navigator.serviceWorker.ready.then(async (here) => (await here.getNotifications()).forEach((one) => one.close()))
                """);
    }

    void offline(boolean offline) {
        context.setOffline(offline);
    }

    @Override
    public void close() {
        browserTools.detach();
        context.close();
    }
}
