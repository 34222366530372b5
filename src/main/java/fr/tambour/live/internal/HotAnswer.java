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
            "application/activity+json",
            "application/manifest+json",
            "application/rss",
            "application/atom",
            "image/svg",
            "application/xml",
            "application/javascript");

    /** Smaller ones fit into the first packet anyway. */
    private static final int WORTH_PACKING = 512;

    /** Bytes of heap beside an answer's own bytes, and beside the words of each of its fields: measured. */
    private static final long APART = 3_000;

    private static final long APART_EACH = 250;

    /** What belongs to one exchange, or is said anew for each encoding; and that parts can be had: from memory all of it goes. */
    private static final EnumSet<HttpHeader> NOT_KEPT = EnumSet.of(
            HttpHeader.ACCEPT_RANGES,
            HttpHeader.CONTENT_LENGTH,
            HttpHeader.CONTENT_ENCODING,
            HttpHeader.TRANSFER_ENCODING,
            HttpHeader.ETAG,
            HttpHeader.VARY,
            HttpHeader.CONNECTION,
            HttpHeader.DATE,
            HttpHeader.SERVER);

    /** A page, one that was withdrawn, and where one is now under another name. */
    private static final Set<Integer> KEPT =
            Set.of(HttpStatus.OK_200, HttpStatus.GONE_410, HttpStatus.MOVED_PERMANENTLY_301);

    private final int status;
    private final String tag;
    private final byte[] sum;
    private final Map<Encoding, Form> forms = new EnumMap<>(Encoding.class);
    private final HttpFields unchanged;
    private final long size;

    private record Form(HttpFields fields, ByteBuffer bytes) {}

    private HotAnswer(int status, HttpFields said, byte[] body, byte[] sum) {
        this.status = status;
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
        HttpFields common = encoded(kept);
        long all = APART + common.stream().mapToLong(HotAnswer::heap).sum();
        for (Encoding encoding : Encoding.values()) {
            byte[] packed = packable || encoding == Encoding.IDENTITY ? encoding.pack(body) : null;
            if (packed != null) {
                forms.put(encoding, form(common, encoding, packed));
                all += packed.length;
            }
        }
        this.size = all;
        this.unchanged = HttpFields.build(common)
                .remove(EnumSet.of(HttpHeader.CONTENT_TYPE, HttpHeader.CONTENT_LANGUAGE))
                .add(encoded(HttpHeader.ETAG, tag))
                .asImmutable();
    }

    /** Empty for what is not the same for everybody, or too large. */
    static Optional<HotAnswer> of(int status, HttpFields said, byte[] body, @Nullable HotAnswer before) {
        String control = said.get(HttpHeader.CACHE_CONTROL);
        if (!KEPT.contains(status)
                || said.contains(HttpHeader.SET_COOKIE)
                || control != null && (control.contains("no-store") || control.contains("private"))) {
            return Optional.empty();
        }
        byte[] sum = sum(status, said, body);
        return Optional.of(
                before != null && MessageDigest.isEqual(before.sum, sum)
                        ? before
                        : new HotAnswer(status, said, body, sum));
    }

    private Form form(HttpFields common, Encoding encoding, byte[] packed) {
        HttpFields.Mutable fields = HttpFields.build(common);
        if (status == HttpStatus.OK_200) {
            // The same words, packed otherwise: only a weak tag may stand for both (RFC 9110 8.8.1).
            boolean strong = encoding == Encoding.IDENTITY || tag.startsWith("W/");
            fields.add(encoded(HttpHeader.ETAG, strong ? tag : "W/" + tag));
        }
        if (encoding != Encoding.IDENTITY) {
            fields.add(encoded(HttpHeader.CONTENT_ENCODING, encoding.token()));
        }
        fields.add(encoded(HttpHeader.CONTENT_LENGTH, Integer.toString(packed.length)));
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(packed.length).put(packed).flip().asReadOnlyBuffer();
        return new Form(fields.asImmutable(), bytes);
    }

    /** Once for all encodings. */
    private static HttpFields encoded(HttpFields fields) {
        HttpFields.Mutable all = HttpFields.build();
        for (HttpField field : fields) {
            String value = String.valueOf(field.getValue());
            all.add(
                    field.getHeader() == null
                            ? new PreEncodedHttpField(field.getName(), value)
                            : encoded(field.getHeader(), value));
        }
        return all.asImmutable();
    }

    private static HttpField encoded(HttpHeader header, String value) {
        return new PreEncodedHttpField(header, value);
    }

    /** Bytes: it is held as text, and encoded for each version of HTTP. */
    private static long heap(HttpField field) {
        return APART_EACH
                + 4L
                        * (field.getName().length()
                                + String.valueOf(field.getValue()).length());
    }

    /** Bytes in memory, of all encodings and of what is said with them. */
    long size() {
        return size;
    }

    void write(Edge edge, Request request, Response response, Callback callback) {
        String known = request.getHeaders().get(HttpHeader.IF_NONE_MATCH);
        if (known != null && status == HttpStatus.OK_200 && matches(known)) {
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
        response.setStatus(status);
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

    private static byte[] sum(int status, HttpFields said, byte[] body) {
        try {
            MessageDigest sum = MessageDigest.getInstance("SHA-256");
            sum.update((status + "\n").getBytes(StandardCharsets.UTF_8));
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
