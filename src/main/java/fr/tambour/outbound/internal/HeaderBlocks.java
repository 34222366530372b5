package fr.tambour.outbound.internal;

import fr.tambour.outbound.OutboundRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.util.Map;

/**
 * The headers of one connection's requests as HPACK writes them (RFC 7541). A page of messages differs in their paths
 * alone: what else there is, is written once and copied. So nothing is remembered on either side: the first block shrinks
 * the table to nothing (section 6.3), and each stands for itself.
 */
final class HeaderBlocks {

    private final Http2HeadersEncoder encoder =
            new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE, true);
    private byte[] beginning;
    private final byte[] whoIsAsked;
    private Map<String, String> known = Map.of();
    private int knownLength = -1;
    private byte[] rest = {};

    /** @param authority name, and port where it is not the usual one */
    HeaderBlocks(String authority) throws Http2Exception {
        encoder.configuration().maxHeaderTableSize(0);
        Http2Headers asked =
                new DefaultHttp2Headers(false).method("POST").scheme("https").authority(authority);
        beginning = encoded(asked);
        whoIsAsked = encoded(asked);
    }

    void write(ByteBuf out, String path, OutboundRequest request) throws Http2Exception {
        out.writeBytes(beginning);
        beginning = whoIsAsked;
        encoder.encodeHeaders(0, new DefaultHttp2Headers(false).path(path), out);
        if (request.body().length != knownLength || !known.equals(request.headers())) {
            Http2Headers headers = new DefaultHttp2Headers(false);
            request.headers().forEach(headers::add);
            headers.addInt("content-length", request.body().length);
            rest = encoded(headers);
            known = Map.copyOf(request.headers());
            knownLength = request.body().length;
        }
        out.writeBytes(rest);
    }

    private byte[] encoded(Http2Headers headers) throws Http2Exception {
        ByteBuf out = Unpooled.buffer();
        encoder.encodeHeaders(0, headers, out);
        return ByteBufUtil.getBytes(out);
    }
}
