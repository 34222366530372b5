package fr.tambour.outbound.internal;

import fr.tambour.outbound.OutboundRequest;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.EncoderException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/1.1 (RFC 9112): one request at a time. */
final class Http1Link extends SimpleChannelInboundHandler<HttpObject> implements Link {

    private final Origin origin;
    private final Origin.Opening opening;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Exchange under;
    private boolean lasts = true;
    private long idleSince = System.nanoTime();

    Http1Link(Origin origin, Origin.Opening opening) {
        this.origin = origin;
        this.opening = opening;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        if (ctx.channel().isActive()) {
            opening.carries(this, true);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        opening.carries(this, true);
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not connected");
        }
        return context;
    }

    @Override
    public boolean hasRoom(Exchange exchange) {
        return stays() && under == null;
    }

    @Override
    public boolean stays() {
        return lasts && context().channel().isActive();
    }

    @Override
    public void send(Exchange exchange) {
        byte[] body = exchange.request().body();
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(exchange.request().method().name()),
                exchange.path(),
                Unpooled.wrappedBuffer(body));
        exchange.request().headers().forEach(request.headers()::set);
        request.headers().set(HttpHeaderNames.HOST, origin.key().authority());
        if (exchange.request().method() != OutboundRequest.Method.GET) {
            request.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        }
        ChannelFuture written = context().write(request);
        if (written.cause() instanceof EncoderException e) {
            // Nothing of it is written, but the codec counts on its answer.
            close();
            throw e;
        }
        under = exchange;
        exchange.leaves();
        written.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    public void flush() {
        if (under != null) {
            context().flush();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        @Nullable Exchange exchange = under;
        if (exchange == null || part.decoderResult().isFailure()) {
            ctx.close();
            return;
        }
        if (part instanceof HttpResponse response && response.status().code() >= 200) {
            lasts &= HttpUtil.isKeepAlive(response);
            exchange.answers(response.status().code(), response.headers()::get);
        }
        if (part instanceof HttpContent content && exchange.isAnswered()) {
            boolean last = part instanceof LastHttpContent;
            if (exchange.takes(content.content(), last)) {
                lasts &= last;
                isOver();
            }
        }
    }

    private void isOver() {
        under = null;
        idleSince = System.nanoTime();
        if (lasts) {
            origin.pump();
        } else {
            close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        opening.fails(cause);
        ctx.close();
    }

    @Override
    public void sweep(long now) {
        if (under == null ? now - idleSince >= IDLE_NANOS : under.isOverdue(now)) {
            if (under != null) {
                under.fails("no answer in time");
                under = null;
            }
            close();
        }
    }

    @Override
    public void ended() {
        if (under != null) {
            under.fails("the connection was closed");
            under = null;
        }
    }

    @Override
    public void close() {
        lasts = false;
        context().close();
    }
}
