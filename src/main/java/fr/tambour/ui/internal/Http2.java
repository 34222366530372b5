package fr.tambour.ui.internal;

import java.util.List;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/**
 * What one connection may do over HTTP/2 (RFC 9113).
 *
 * @param oddities a second, before the connection is closed with ENHANCE_YOUR_CALM: streams that the other side resets or
 *     has us reset, pings, settings, priorities, frames without content
 * @param streams at once, each of which counts like a connection wherever requests are counted
 * @param window bytes that may have been sent of bodies that nobody has read yet
 */
record Http2(int oddities, int streams, int window) {

    /** A hundred streams are the fewest that a client may count on (RFC 9113 6.5.2). */
    static final Http2 OF_A_READER = new Http2(100, 100, 256 << 10);

    /** One connection carries many readers, and tells of each who leaves. */
    static final Http2 OF_A_PROXY = new Http2(5_000, 1_000, 1 << 20);

    void bound(ServerConnector connector) {
        for (ConnectionFactory factory : List.copyOf(connector.getConnectionFactories())) {
            if (factory instanceof HTTP2CServerConnectionFactory clear) {
                connector.removeConnectionFactory(clear.getProtocol());
                connector.addConnectionFactory(bounded(new PriorKnowledge(clear.getHttpConfiguration())));
            } else if (factory instanceof AbstractHTTP2ServerConnectionFactory ciphered) {
                bounded(ciphered);
            }
        }
    }

    private AbstractHTTP2ServerConnectionFactory bounded(AbstractHTTP2ServerConnectionFactory factory) {
        factory.setRateControlFactory(new WindowRateControl.Factory(oddities));
        factory.setMaxConcurrentStreams(streams);
        factory.setInitialSessionRecvWindow(window);
        factory.setInitialStreamRecvWindow(window / 2);
        factory.setConnectProtocolEnabled(false);
        factory.getHttpConfiguration().addCustomizer(Http2::named);
        return factory;
    }

    /** RFC 9113 8.3.1 lets a client leave it out; as over HTTP/1.1, nobody is answered who does not say whom they ask. */
    private static Request named(Request request, HttpFields.Mutable answer) {
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2
                && !request.getHttpURI().hasAuthority()) {
            throw new BadMessageException("No authority");
        }
        return request;
    }

    /**
     * In the clear, for a client that knows beforehand. Not by an upgrade from HTTP/1.1, which RFC 9113 has dropped: a
     * proxy that hands one on no longer sees what is asked for behind it, nor writes X-Forwarded-For.
     */
    private static final class PriorKnowledge extends HTTP2CServerConnectionFactory {

        PriorKnowledge(HttpConfiguration configuration) {
            super(configuration);
        }

        @Override
        public @Nullable Connection upgradeConnection(
                Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable answer) {
            return HttpMethod.PRI.is(request.getMethod())
                    ? super.upgradeConnection(connector, endPoint, request, answer)
                    : null;
        }
    }
}
