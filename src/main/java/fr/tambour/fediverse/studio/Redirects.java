package fr.tambour.fediverse.studio;

import java.util.List;

/** What the web server of another domain has to say so that its accounts are looked for here. */
final class Redirects {

    private Redirects() {}

    /** @param base scheme, host and port of where the account stands */
    static List<StudioFediversePage.Snippet> to(String base) {
        return List.of(
                new StudioFediversePage.Snippet("nginx", """
                        location ~ ^/.well-known/(webfinger|host-meta|nodeinfo) {
                            return 302 %s/.well-known/$1$is_args$args;
                        }""".formatted(base)),
                new StudioFediversePage.Snippet("Apache", """
                        RedirectMatch 302 "^/\\.well-known/(webfinger|host-meta|nodeinfo)$" "%s/.well-known/$1\"""".formatted(base)),
                new StudioFediversePage.Snippet("Caddy", """
                        @accounts path /.well-known/webfinger /.well-known/host-meta /.well-known/nodeinfo
                        redir @accounts %s{uri} 302""".formatted(base)));
    }
}
