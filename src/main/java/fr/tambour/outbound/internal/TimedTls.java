package fr.tambour.outbound.internal;

import io.netty.channel.Channel;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS whose connections are closed if nothing that carries requests comes of them in time. Whoever shakes hands for HTTP/2
 * and then never says a word would else hold the connection, and its place in the pool, for ever: nobody waits for it
 * any more, and nobody has it to close.
 */
final class TimedTls extends SSLEngineOptions {

    private final SSLEngineOptions engine;
    private final Duration patience;
    private final BiPredicate<InetSocketAddress, InetSocketAddress> carries;

    /**
     * @param patience from the handshake on
     * @param carries whether requests can be sent from the first address, our own, to the second
     */
    TimedTls(SSLEngineOptions engine, Duration patience, BiPredicate<InetSocketAddress, InetSocketAddress> carries) {
        this.engine = engine;
        this.patience = patience;
        this.carries = carries;
    }

    @Override
    public SSLEngineOptions copy() {
        return new TimedTls(engine.copy(), patience, carries);
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new Contexts(engine.sslContextFactory());
    }

    private void begins(SslHandler handler) {
        handler.handshakeFuture().addListener((Future<Channel> shaken) -> {
            if (shaken.isSuccess()) {
                Channel channel = shaken.getNow();
                channel.eventLoop().schedule(() -> look(channel), patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    private void look(Channel channel) {
        if (channel.localAddress() instanceof InetSocketAddress here
                && channel.remoteAddress() instanceof InetSocketAddress there
                && !carries.test(here, there)) {
            channel.close();
        }
    }

    private final class Contexts implements SslContextFactory {

        private final SslContextFactory factory;

        Contexts(SslContextFactory factory) {
            this.factory = factory;
        }

        @Override
        public SslContext create() throws SSLException {
            return new DelegatingSslContext(factory.create()) {

                @Override
                protected void initHandler(SslHandler handler) {
                    begins(handler);
                }

                @Override
                protected void initEngine(SSLEngine made) {}
            };
        }

        @Override
        public SslContextFactory useAlpn(boolean useAlpn) {
            factory.useAlpn(useAlpn);
            return this;
        }

        @Override
        public SslContextFactory forClient(boolean forClient) {
            factory.forClient(forClient);
            return this;
        }

        @Override
        public SslContextFactory keyMananagerFactory(KeyManagerFactory keys) {
            factory.keyMananagerFactory(keys);
            return this;
        }

        @Override
        public SslContextFactory trustManagerFactory(TrustManagerFactory trust) {
            factory.trustManagerFactory(trust);
            return this;
        }

        @Override
        public SslContextFactory enabledCipherSuites(Set<String> suites) {
            factory.enabledCipherSuites(suites);
            return this;
        }

        @Override
        public SslContextFactory applicationProtocols(List<String> protocols) {
            factory.applicationProtocols(protocols);
            return this;
        }

        @Override
        public SslContextFactory serverName(String name) {
            factory.serverName(name);
            return this;
        }
    }
}
