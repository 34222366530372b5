package fr.tambour.outbound.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundAnswer.Answered;
import fr.tambour.outbound.OutboundAnswer.Unanswered;
import fr.tambour.outbound.OutboundAnswer.Unreachable;
import fr.tambour.outbound.OutboundRequest;
import fr.tambour.testing.Authority;
import fr.tambour.testing.Await;
import fr.tambour.testing.Pem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on this side of the wire. */
class NettyWireTest {

    private static final Limits IMPATIENT =
            new Limits(Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ofMinutes(1), 1, 1, 100);

    private Authority authority;
    private Pem pem;

    @BeforeEach
    void certificates(@TempDir Path folder) {
        authority = Authority.in(folder);
        pem = authority.valid(FaultyService.HOST);
    }

    private NettyWire wire(ChannelFactory<? extends Channel> sockets) {
        return NettyWire.open(authority.certificate(), IMPATIENT, Clock.systemUTC(), sockets);
    }

    private static void post(NettyWire wire, FaultyService service, Consumer<OutboundAnswer> answer) throws Exception {
        URI address = URI.create(service.address("/"));
        wire.post(
                (Target.Callable) Target.of(address, true),
                List.of(InetAddress.getByAddress(FaultyService.HOST, new byte[] {127, 0, 0, 1})),
                new OutboundRequest(address, Map.of(), new byte[3], null),
                System.nanoTime() + IMPATIENT.whole().toNanos(),
                answer);
    }

    @Test
    void whereTheSystemHasNoSocketLeftForAMomentTheServiceIsSpokenWithAfterIt() throws Exception {
        AtomicBoolean none = new AtomicBoolean(true);
        try (FaultyService service = FaultyService.http(
                        pem,
                        100,
                        request -> request.response().setStatusCode(201).end());
                NettyWire wire = wire(() -> {
                    if (none.get()) {
                        throw new ChannelException("too many open files");
                    }
                    return new NioSocketChannel();
                })) {
            List<OutboundAnswer> told = new CopyOnWriteArrayList<>();
            post(wire, service, told::add);
            Await.until(() -> told.size() == 1);
            assertThat(told.getFirst())
                    .isInstanceOfSatisfying(
                            Unreachable.class, why -> assertThat(why.reason()).contains("too many open files"));
            assertThat(wire.connections()).isZero();

            none.set(false);
            post(wire, service, told::add);
            Await.until(() -> told.size() == 2);
            assertThat(told.getLast()).isInstanceOf(Answered.class);
        }
    }

    /** As where direct memory is short for a moment, as a request leaves: what comes meanwhile has enough. */
    private static final class Scarce extends PooledByteBufAllocator {

        private final AtomicBoolean none = new AtomicBoolean();

        Scarce() {
            super(true);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initial, int most) {
            if (none.get() && leaves()) {
                throw new OutOfMemoryError("no direct memory, on purpose");
            }
            return super.newDirectBuffer(initial, most);
        }

        private static boolean leaves() {
            return StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(Origin.class.getName())
                                    && frame.getMethodName().equals("leave")));
        }
    }

    private NettyWire wire(Scarce memory) {
        return wire(() -> {
            NioSocketChannel socket = new NioSocketChannel();
            socket.config().setAllocator(memory);
            return socket;
        });
    }

    @Test
    void whereMemoryIsShortAsARequestLeavesItHasNotLeftAndWhatIsUnderWayIsAnsweredOverTheSameConnection()
            throws Exception {
        Scarce memory = new Scarce();
        List<HttpServerRequest> came = new CopyOnWriteArrayList<>();
        try (FaultyService service = FaultyService.http(pem, 100, came::add);
                NettyWire wire = wire(memory)) {
            List<OutboundAnswer> first = new CopyOnWriteArrayList<>();
            post(wire, service, first::add);
            Await.until(() -> came.size() == 1);

            memory.none.set(true);
            List<OutboundAnswer> second = new CopyOnWriteArrayList<>();
            post(wire, service, second::add);
            Await.until(() -> second.size() == 1);
            memory.none.set(false);
            assertThat(second.getFirst()).isInstanceOf(Unreachable.class);
            assertThat(first).isEmpty();
            assertThat(wire.underWay()).isOne();

            List<OutboundAnswer> third = new CopyOnWriteArrayList<>();
            post(wire, service, third::add);
            Await.until(() -> came.size() == 2);
            came.forEach(request -> request.response().setStatusCode(201).end());
            Await.until(() -> first.size() == 1 && third.size() == 1);
            assertThat(first).singleElement().isInstanceOf(Answered.class);
            assertThat(third).singleElement().isInstanceOf(Answered.class);
            assertThat(came.getLast().connection()).isSameAs(came.getFirst().connection());
        }
    }

    @Test
    void whereMemoryIsShortAsARequestOfHttp1LeavesItHasNotLeftAndTheServiceIsSpokenWithAfterIt() throws Exception {
        Scarce memory = new Scarce();
        try (FaultyService service = FaultyService.raw(
                        pem,
                        "http/1.1",
                        socket -> socket.handler(
                                part -> socket.write("HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n")));
                NettyWire wire = wire(memory)) {
            List<OutboundAnswer> told = new CopyOnWriteArrayList<>();
            post(wire, service, told::add);
            Await.until(() -> told.size() == 1);
            assertThat(told.getFirst()).isInstanceOf(Answered.class);

            memory.none.set(true);
            post(wire, service, told::add);
            Await.until(() -> told.size() == 2);
            assertThat(told.getLast()).isInstanceOf(Unreachable.class);
            assertThat(wire.underWay()).isZero();

            memory.none.set(false);
            post(wire, service, told::add);
            Await.until(() -> told.size() == 3);
            assertThat(told.getLast()).isInstanceOf(Answered.class);
        }
    }

    @Test
    void whoCannotTakeItsAnswerKeepsNobodyFromHearingThatTheirTimeIsOver() throws Exception {
        try (FaultyService service = FaultyService.http(pem, 100, request -> {});
                NettyWire wire = wire(NioSocketChannel::new)) {
            post(wire, service, answer -> {
                throw new AssertionError("on purpose");
            });
            Await.until(() -> wire.underWay() == 0);

            List<OutboundAnswer> told = new CopyOnWriteArrayList<>();
            post(wire, service, told::add);
            Await.until(() -> !told.isEmpty());
            assertThat(told).singleElement().isInstanceOf(Unanswered.class);
        }
    }
}
