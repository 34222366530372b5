package fr.tambour.live.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

/** What is made for everybody is made for nobody in particular. */
class RecordingTest {

    private static HttpFields asked(HttpFields.Mutable brought) {
        Request request = (Request) Proxy.newProxyInstance(
                Request.class.getClassLoader(), new Class<?>[] {Request.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getHeaders")) {
                        return brought.asImmutable();
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
        return Recording.anonymous(request, Wanted.PAGE).getHeaders();
    }

    @Test
    void whatWhoeverAsksFirstBringsOfTheirOwnColoursNothing() {
        HttpFields.Mutable brought = HttpFields.build()
                .put(HttpHeader.HOST, "clairval.example")
                .put(HttpHeader.COOKIE, "theirs=1")
                .put(HttpHeader.AUTHORIZATION, "Bearer theirs")
                .put(HttpHeader.ACCEPT_LANGUAGE, "de")
                .put(HttpHeader.RANGE, "bytes=0-1")
                .put(HttpHeader.IF_NONE_MATCH, "\"theirs\"")
                .put(HttpHeader.ORIGIN, "https://elsewhere.example")
                .put(HttpHeader.CONTENT_TYPE, "no type at all")
                .put("X-Theirs", "1");
        assertThat(asked(brought).getFieldNamesCollection()).containsExactlyInAnyOrder("Host", "Accept");
    }

    @Test
    void aPageIsAskedForWhateverWhoeverAsksFirstWouldRatherHave() {
        assertThat(asked(HttpFields.build().put(HttpHeader.ACCEPT, "image/png")).get(HttpHeader.ACCEPT))
                .startsWith("text/html");
    }
}
