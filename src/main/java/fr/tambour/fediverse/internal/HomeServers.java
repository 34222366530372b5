package fr.tambour.fediverse.internal;

import fr.tambour.town.Town;
import java.net.IDN;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where somebody's own server lets them follow an account: the page that it names for that in their WebFinger document
 * (RFC 7033; the relation is OStatus', and Mastodon's, Pleroma's, Misskey's). Nothing of it is kept.
 */
@Component
public class HomeServers {

    private static final String SUBSCRIBE = "http://ostatus.org/schema/1.0/subscribe";
    private static final String BLANK = "{uri}";
    private static final Pattern HANDLE =
            Pattern.compile("@?(?<name>[\\p{L}\\p{N}_.-]{1,64})@(?<host>[^\\s@/]{1,255})/?");
    private static final Pattern PAGE =
            Pattern.compile("(?:https?://)?(?<host>[^\\s@/]{1,255})/(?:@|users/)(?<name>[\\p{L}\\p{N}_.-]{1,64})/?");

    private final WebFinger webFinger;

    HomeServers(WebFinger webFinger) {
        this.webFinger = webFinger;
    }

    /** Somebody's account elsewhere, as they write it: {@code @moi@serveur.example}, or its page's address. */
    public record Handle(String name, String host) {

        /** Empty for what is none. */
        public static Optional<Handle> of(String written) {
            String bare = written.strip();
            for (Pattern form : new Pattern[] {HANDLE, PAGE}) {
                Matcher parts = form.matcher(bare);
                if (parts.matches()) {
                    return host(parts.group("host")).map(host -> new Handle(parts.group("name"), host));
                }
            }
            return Optional.empty();
        }

        private static Optional<String> host(String written) {
            try {
                return StrangeJson.address("https://" + IDN.toASCII(written)).map(URI::getRawAuthority);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /** The page, which may be on another host than the handle; empty where the server names none, or does not answer. Never fails. */
    public CompletableFuture<Optional<URI>> follows(Town town, Actor followed, Handle reader) {
        return webFinger
                .ask(town, reader.host(), "acct:" + reader.name() + "@" + reader.host())
                .thenApply(document -> document.flatMap(found -> page(found, followed)));
    }

    private static Optional<URI> page(ObjectNode document, Actor followed) {
        return page(document, followed.handle());
    }

    static Optional<URI> page(ObjectNode document, String followed) {
        String handle = URLEncoder.encode(followed, StandardCharsets.UTF_8);
        return WebFinger.links(document, SUBSCRIBE)
                .map(link -> StrangeJson.text(link, "template"))
                .filter(template -> template.contains(BLANK))
                .flatMap(template -> StrangeJson.address(template.replace(BLANK, handle)).stream())
                .findFirst();
    }
}
