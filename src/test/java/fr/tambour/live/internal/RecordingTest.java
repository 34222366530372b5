package fr.tambour.live.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
        return Recording.anonymous(request).getHeaders();
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpHeader.class,
            names = {
                "COOKIE",
                "AUTHORIZATION",
                "ACCEPT_ENCODING",
                "ACCEPT_LANGUAGE",
                "IF_NONE_MATCH",
                "IF_MATCH",
                "IF_MODIFIED_SINCE",
                "IF_UNMODIFIED_SINCE",
                "IF_RANGE",
                "RANGE"
            })
    void whatWhoeverAsksFirstBringsOfTheirOwnColoursNothing(HttpHeader own) {
        assertThat(asked(HttpFields.build().put(own, "theirs").put(HttpHeader.HOST, "clairval.example")))
                .noneMatch(field -> field.getHeader() == own)
                .anyMatch(field -> field.getHeader() == HttpHeader.HOST);
    }

    @Test
    void aPageIsAskedForWhateverWhoeverAsksFirstWouldRatherHave() {
        assertThat(asked(HttpFields.build().put(HttpHeader.ACCEPT, "image/png")).get(HttpHeader.ACCEPT))
                .startsWith("text/html");
    }
}
