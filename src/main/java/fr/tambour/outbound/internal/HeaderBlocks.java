package fr.tambour.outbound.internal;

import fr.tambour.outbound.OutboundRequest;
import fr.tambour.outbound.OutboundRequest.Method;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one connection's requests as HPACK writes them (RFC 7541). A page of messages differs in their paths
 * alone: what else there is, is written once and copied. So nothing is remembered on either side: the first block shrinks
 * the table to nothing (section 6.3), and each stands for itself.
 */
final class HeaderBlocks {

    private static final byte[] NOTHING = {};

    private final Http2HeadersEncoder encoder =
            new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE, true);
    private byte[] beginning;
    private final Map<Method, byte[]> whoIsAsked = new EnumMap<>(Method.class);
    private Map<String, String> known = Map.of();
    private int knownLength = -1;
    private @Nullable Method knownMethod;
    private byte[] rest = NOTHING;

    /** @param authority name, and port where it is not the usual one */
    HeaderBlocks(String authority) throws Http2Exception {
        encoder.configuration().maxHeaderTableSize(0);
        beginning = encoded(new DefaultHttp2Headers(false));
        for (Method method : Method.values()) {
            whoIsAsked.put(
                    method,
                    encoded(new DefaultHttp2Headers(false)
                            .method(method.name())
                            .scheme("https")
                            .authority(authority)));
        }
    }

    void write(ByteBuf out, String path, OutboundRequest request) throws Http2Exception {
        out.writeBytes(beginning);
        beginning = NOTHING;
        out.writeBytes(whoIsAsked.get(request.method()));
        encoder.encodeHeaders(0, new DefaultHttp2Headers(false).path(path), out);
        if (knownMethod != request.method()
                || request.body().length != knownLength
                || !known.equals(request.headers())) {
            Http2Headers headers = new DefaultHttp2Headers(false);
            request.headers().forEach(headers::add);
            if (request.method() != Method.GET) {
                headers.addInt("content-length", request.body().length);
            }
            rest = encoded(headers);
            known = Map.copyOf(request.headers());
            knownLength = request.body().length;
            knownMethod = request.method();
        }
        out.writeBytes(rest);
    }

    private byte[] encoded(Http2Headers headers) throws Http2Exception {
        ByteBuf out = Unpooled.buffer();
        encoder.encodeHeaders(0, headers, out);
        return ByteBufUtil.getBytes(out);
    }
}
