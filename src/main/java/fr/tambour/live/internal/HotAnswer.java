package fr.tambour.live.internal;

import fr.tambour.ui.Edge;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/** One answer as it goes out, in every encoding: immutable bytes, outside the heap, shared by all who ask. */
final class HotAnswer {

    private static final List<String> PACKABLE = List.of(
            "text/",
            "application/json",
            "application/feed+json",
            "application/rss",
            "application/atom",
            "image/svg",
            "application/xml",
            "application/javascript");

    /** Smaller ones fit into the first packet anyway. */
    private static final int WORTH_PACKING = 512;

    /** What belongs to one exchange, or is said anew for each encoding. */
    private static final EnumSet<HttpHeader> NOT_KEPT = EnumSet.of(
            HttpHeader.CONTENT_LENGTH,
            HttpHeader.CONTENT_ENCODING,
            HttpHeader.TRANSFER_ENCODING,
            HttpHeader.ETAG,
            HttpHeader.VARY,
            HttpHeader.CONNECTION,
            HttpHeader.DATE,
            HttpHeader.SERVER);

    private final String tag;
    private final byte[] sum;
    private final Map<Encoding, Form> forms = new EnumMap<>(Encoding.class);
    private final HttpFields unchanged;
    private final long size;

    private record Form(HttpFields fields, ByteBuffer bytes) {}

    private HotAnswer(HttpFields said, byte[] body, byte[] sum) {
        this.sum = sum;
        String own = said.get(HttpHeader.ETAG);
        this.tag = own == null ? "W/\"" + HexFormat.of().formatHex(sum, 0, 16) + '"' : own;
        boolean packable = body.length >= WORTH_PACKING && isPackable(said.get(HttpHeader.CONTENT_TYPE));
        HttpFields.Mutable kept = HttpFields.build(said, NOT_KEPT);
        Set<String> varies = new TreeSet<>(said.getCSV(HttpHeader.VARY, false));
        if (packable) {
            varies.add("Accept-Encoding");
        }
        if (!varies.isEmpty()) {
            kept.put(HttpHeader.VARY, String.join(", ", varies));
        }
        long all = 0;
        for (Encoding encoding : Encoding.values()) {
            byte[] packed = packable || encoding == Encoding.IDENTITY ? encoding.pack(body) : null;
            if (packed != null) {
                forms.put(encoding, form(kept, encoding, packed));
                all += packed.length;
            }
        }
        this.size = all;
        this.unchanged = encoded(HttpFields.build(kept)
                .remove(EnumSet.of(HttpHeader.CONTENT_TYPE, HttpHeader.CONTENT_LANGUAGE))
                .put(HttpHeader.ETAG, tag));
    }

    /** Empty for what is not the same for everybody, or too large. */
    static Optional<HotAnswer> of(int status, HttpFields said, byte[] body, @Nullable HotAnswer before) {
        String control = said.get(HttpHeader.CACHE_CONTROL);
        if (status != HttpStatus.OK_200
                || said.contains(HttpHeader.SET_COOKIE)
                || control != null && (control.contains("no-store") || control.contains("private"))) {
            return Optional.empty();
        }
        byte[] sum = sum(said, body);
        return Optional.of(
                before != null && MessageDigest.isEqual(before.sum, sum) ? before : new HotAnswer(said, body, sum));
    }

    private Form form(HttpFields kept, Encoding encoding, byte[] packed) {
        HttpFields.Mutable fields = HttpFields.build(kept);
        // The same words, packed otherwise: only a weak tag may stand for both (RFC 9110 8.8.1).
        boolean strong = encoding == Encoding.IDENTITY || tag.startsWith("W/");
        fields.put(HttpHeader.ETAG, strong ? tag : "W/" + tag);
        if (encoding != Encoding.IDENTITY) {
            fields.put(HttpHeader.CONTENT_ENCODING, encoding.token());
        }
        fields.put(HttpHeader.CONTENT_LENGTH, Integer.toString(packed.length));
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(packed.length).put(packed).flip().asReadOnlyBuffer();
        return new Form(encoded(fields), bytes);
    }

    private static HttpFields encoded(HttpFields fields) {
        HttpFields.Mutable all = HttpFields.build();
        for (HttpField field : fields) {
            all.add(
                    field.getHeader() == null
                            ? new PreEncodedHttpField(field.getName(), String.valueOf(field.getValue()))
                            : new PreEncodedHttpField(field.getHeader(), String.valueOf(field.getValue())));
        }
        return all.asImmutable();
    }

    /** Bytes, of all encodings. */
    long size() {
        return size;
    }

    void write(Edge edge, Request request, Response response, Callback callback) {
        String known = request.getHeaders().get(HttpHeader.IF_NONE_MATCH);
        if (known != null && matches(known)) {
            response.setStatus(HttpStatus.NOT_MODIFIED_304);
            response.getHeaders().add(unchanged);
            // Not the last at once: Jetty would say how long the nothing is, and that is said of the page (RFC 9110
            // 8.6).
            Callback said = Callback.from(
                    Invocable.InvocationType.NON_BLOCKING,
                    () -> response.write(true, BufferUtil.EMPTY_BUFFER, callback),
                    callback::failed);
            response.write(false, BufferUtil.EMPTY_BUFFER, said);
            return;
        }
        Form form = form(request.getHeaders().get(HttpHeader.ACCEPT_ENCODING));
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().add(form.fields());
        boolean head = HttpMethod.HEAD.is(request.getMethod());
        edge.write(
                request, response, head ? BufferUtil.EMPTY_BUFFER : form.bytes().duplicate(), callback);
    }

    /** By weak comparison (RFC 9110 13.1.2). */
    private boolean matches(String known) {
        String bare = bare(tag);
        for (String one : known.split(",", -1)) {
            if (one.strip().equals("*") || bare(one.strip()).equals(bare)) {
                return true;
            }
        }
        return false;
    }

    private static String bare(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private Form form(@Nullable String wanted) {
        for (Map.Entry<Encoding, Form> form : forms.entrySet()) {
            if (form.getKey().accepted(wanted)) {
                return form.getValue();
            }
        }
        throw new IllegalStateException("Everybody takes bytes as they are");
    }

    private static boolean isPackable(@Nullable String type) {
        return type != null && PACKABLE.stream().anyMatch(type::startsWith);
    }

    private static byte[] sum(HttpFields said, byte[] body) {
        try {
            MessageDigest sum = MessageDigest.getInstance("SHA-256");
            for (HttpField field : said) {
                if (field.getHeader() != HttpHeader.DATE) {
                    sum.update((field.getName() + ": " + field.getValue() + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            return sum.digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
